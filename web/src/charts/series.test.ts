// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { describe as describeSeries, measuresOf, type Point, valueOf } from './series';

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
