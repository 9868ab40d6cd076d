// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { leastOf, robustTop, shadeOf, shades } from './steps';

it.each([
  [0, 100, 0],
  [0.001, 100, 1],
  [1, 100, 1],
  [25, 100, 3],
  [26, 100, 4],
  [100, 100, 6],
  [900, 100, 6],
  [3, 0, 6],
])('%d of %d has shade %d', (value, top, shade) => expect(shadeOf(value, top)).toBe(shade));

it('a legend says from where on a shade is used', () => {
  for (let shade = 2; shade <= shades; shade += 1) {
    const least = leastOf(shade, 500);
    expect(shadeOf(least * 0.999, 500)).toBe(shade - 1);
    expect(shadeOf(least * 1.001, 500)).toBe(shade);
  }
});

it('one extraordinary hour does not set the scale', () => {
  const usual = Array.from({ length: 99 }, (_, at) => at + 1);
  expect(robustTop([...usual, 1_000_000])).toBe(95);
  expect(robustTop([0, 0, 7])).toBe(7);
  expect(robustTop([0, 0])).toBe(0);
  expect(robustTop([])).toBe(0);
});
