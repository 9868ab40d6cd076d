// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { radius } from './point_map';

test('areas of points are in proportion to clicks', () => {
  expect(radius(400, 400)).toBeCloseTo(17);
  expect(radius(100, 400)).toBeCloseTo(8.5);
  expect(radius(1, 100_000)).toBe(3.5);
  expect(radius(1, 1)).toBeLessThan(6);
});
