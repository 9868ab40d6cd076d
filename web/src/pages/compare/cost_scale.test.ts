// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { costScale } from './cost_scale';

const row = (low: number, high: number | null) => ({ cpa_range: { low, high }, cpa: null });

test('ten times as much is as far everywhere', () => {
  const { at, ticks } = costScale([row(2, 4), row(125, null)]);
  expect(at(100) - at(10)).toBeCloseTo(at(30) - at(3));
  expect(ticks).toEqual([10, 100]);
  expect(at(2)).toBeGreaterThan(0);
  expect(at(125)).toBeLessThan(1);
  expect(at(0)).toBe(0);
  expect(at(1e6)).toBe(1);
});

test('close costs have finer ticks, and nothing has none', () => {
  expect(costScale([row(3, 9)]).ticks).toEqual([5, 10]);
  expect(costScale([]).ticks).toEqual([]);
});
