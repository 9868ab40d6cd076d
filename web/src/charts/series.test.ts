// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { beside, describe as describeSeries, measuresOf, type Point, valueOf } from './series';

const point = (t: string, clicks: number): Point =>
  ({ t, clicks, unique_clicks: null, bots: 7 }) as Point;

it('bots have no uniques and no bots apart', () => {
  expect(measuresOf('bot')).toEqual(['clicks']);
  expect(measuresOf('human')).toContain('unique');
  expect(valueOf(point('a', 3), 'unique')).toBeNull();
  expect(valueOf(point('a', 3), 'bots')).toBe(7);
});

it('describes total and peak', () => {
  const text = describeSeries([point('a', 1), point('b', 5), point('c', 2)], (t) => t, String);
  expect(text).toBe('8 clicks from a to c; most, 5, at b.');
});

it('describes silence without a peak', () => {
  expect(describeSeries([point('a', 0)], (t) => t, String)).toBe('0 clicks from a to a.');
  expect(describeSeries([], (t) => t, String)).toBe('No data.');
});

it('the period before is laid beside bucket by bucket', () => {
  const now = [point('c', 5), point('d', 6)];
  expect(beside(now, [point('a', 1)])).toEqual([1, null]);
  expect(beside(now, [point('a', 1), point('b', 2), point('c', 3)])).toEqual([1, 2]);
  expect(beside(now, undefined)).toEqual([null, null]);
});
