// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { countryPlaces, middleOf } from './country_places';
import { equalEarth } from './equal_earth';
import { worldBox } from './world';

test('the middle is that of the largest part', () => {
  expect(middleOf('M0 0L2 0L2 2L0 2ZM10 10L20 10L20 20L10 20Z')).toEqual([15, 15]);
});

test('countries lie where they are', () => {
  const { x, y, width, height } = worldBox;
  for (const [code, [px, py]] of countryPlaces) {
    expect(px >= x && px <= x + width && py >= y && py <= y + height, code).toBe(true);
  }
  const known: [string, number, number][] = [
    ['FR', 2.5, 46.6],
    ['US', -98, 39.5],
    ['SG', 103.8, 1.4],
    ['RU', 97, 62],
    ['NZ', 170.5, -43.9],
  ];
  for (const [code, longitude, latitude] of known) {
    const [px, py] = countryPlaces.get(code) ?? [0, 0];
    const [wx, wy] = equalEarth(longitude, latitude);
    expect(Math.hypot(px - wx * 200, py - wy * 200), code).toBeLessThan(15);
  }
});
