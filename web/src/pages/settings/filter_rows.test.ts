// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { filterPatch, filtersOf, rowsOf } from './filter_rows';

test('rows and filters are the same thing', () => {
  const filters = { country: 'DE,AT', tag: '!spring' };
  expect(filtersOf(rowsOf(filters))).toEqual(filters);
  expect(filtersOf([{ name: '', value: 'x' }])).toEqual({});
  expect(rowsOf(null)).toEqual([]);
});

test('a patch names what changed, and null what went', () => {
  expect(filterPatch({ country: 'DE', tag: 'a' }, { country: 'AT', os: 'iOS' })).toEqual({
    country: 'AT',
    os: 'iOS',
    tag: null,
  });
  expect(filterPatch({ country: 'DE' }, { country: 'DE' })).toBeNull();
});
