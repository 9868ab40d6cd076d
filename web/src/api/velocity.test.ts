// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Breakdown } from './types';
import { largestLinks } from './velocity';

const breakdown = (...rows: [value: string, kind: string][]) =>
  ({ rows: rows.map(([value, kind]) => ({ value, kind, label: `/${value}` })) }) as Breakdown;

test('the largest links are judged alone, where there are several', () => {
  expect(largestLinks(undefined)).toEqual([]);
  expect(largestLinks(breakdown(['a', 'value']))).toEqual([]);
  const many = breakdown(['a', 'value'], ['b', 'value'], ['c', 'value'], ['d', 'value']);
  expect(largestLinks(many).map(({ name }) => name)).toEqual(['/a', '/b', '/c']);
  expect(largestLinks(breakdown(['a', 'value'], ['', 'rest'], ['b', 'value']))).toHaveLength(2);
});
