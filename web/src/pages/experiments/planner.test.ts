// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { planQuery } from './planner';

test('per cent become shares, and arms equal weights', () => {
  expect(planQuery({ base: 5, lift: 10, perDay: 1000, arms: 3 })).toEqual({
    base: 0.05,
    lift: 0.1,
    weights: '1,1,1',
    per_day: 1000,
  });
  expect(planQuery({ base: 5, lift: -10, perDay: '', arms: 2 })).toEqual({
    base: 0.05,
    lift: -0.1,
    weights: '1,1',
  });
});

test('what says nothing is not asked', () => {
  for (const form of [
    { base: '', lift: 10, perDay: 1, arms: 2 },
    { base: 0, lift: 10, perDay: 1, arms: 2 },
    { base: 5, lift: 0, perDay: 1, arms: 2 },
    { base: 60, lift: 100, perDay: 1, arms: 2 },
    { base: 5, lift: -100, perDay: 1, arms: 2 },
    { base: 5, lift: 10, perDay: 1, arms: 1 },
  ]) {
    expect(planQuery(form)).toBeNull();
  }
});
