// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { placeOn, scaleOf } from './interval_picture';

test('the scale holds every range, and zero is in its middle', () => {
  const scale = scaleOf([
    { low: -0.01, high: 0.02 },
    { low: 0.001, high: 0.005 },
  ]);
  expect(scale).toBeCloseTo(0.022);
  expect(placeOn(scale, 0)).toBe('50.00%');
  expect(placeOn(scale, scale)).toBe('100.00%');
  expect(placeOn(scale, -scale)).toBe('0.00%');
  expect(scaleOf([])).toBe(0.01);
});
