// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { countryOfNumber } from './country_codes';
import { equalEarth } from './equal_earth';
import { world, worldBox } from './world';

it('numbers of countries are letters', () => {
  expect(['276', '004', '894', '732'].map(countryOfNumber)).toEqual(['DE', 'AF', 'ZM', 'EH']);
  expect(countryOfNumber('999')).toBeNull();
});

it('the names of the atlas are those of the codes', () => {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const word = (name: string) =>
    name
      .normalize('NFD')
      .replace(/[^a-z]/gi, '')
      .slice(0, 4);
  const other = world
    .filter(({ code }) => code !== null)
    .filter(({ code, name }) => word(names.of(code ?? '') ?? '') !== word(name))
    .map(({ code, name }) => `${code} ${name}`)
    .sort();
  // Short forms and former names; a wrong number would be one more.
  expect(other).toEqual([
    'CD Dem. Rep. Congo',
    'EH W. Sahara',
    'GQ Eq. Guinea',
    'MK Macedonia',
    'SS S. Sudan',
    'SZ eSwatini',
    'TF Fr. S. Antarctic Lands',
  ]);
});

it('each code has one outline, and all are in the box', () => {
  const codes = world.flatMap(({ code }) => code ?? []);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toContain('XK');
  expect(codes).not.toContain('AQ');
  for (const { path } of world) {
    for (const [, x, y] of path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(worldBox.x);
      expect(Number(x)).toBeLessThanOrEqual(worldBox.x + worldBox.width);
      expect(Number(y)).toBeGreaterThanOrEqual(worldBox.y);
      expect(Number(y)).toBeLessThanOrEqual(worldBox.y + worldBox.height);
    }
  }
});

it.each([
  [0, 0, 0, 0],
  [180, 0, 2.7066, 0],
  [0, 90, 0, -1.3173],
  [-180, -90, -1.6036, 1.3173],
])('%d, %d lies at %d, %d', (longitude, latitude, x, y) => {
  const [px, py] = equalEarth(longitude, latitude);
  expect(px).toBeCloseTo(x, 3);
  expect(py).toBeCloseTo(y, 3);
});
