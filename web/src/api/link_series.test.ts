// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { blocksOf, daysByLink, shapeOfDays } from './link_series';
import type { Timeseries } from './types';

describe('blocksOf', () => {
  const items = Array.from({ length: 60 }, (_, index) => index);
  it.each([
    [0, 10, [0]],
    [20, 30, [0, 25]],
    [25, 50, [25]],
    [49, 60, [25, 50]],
    [0, 0, []],
    [60, 90, [50]],
  ])('rows %i to %i begin at %o', (first, end, starts) => {
    expect(blocksOf(items, first, end).map((block) => block[0])).toEqual(starts);
  });
});

it('daysByLink sums the days and fills with zeros', () => {
  const point = (t: string, value: string | null, clicks: number) => ({ t, value, clicks });
  const series = {
    points: [
      point('2026-11-01', 'lnk_1', 3),
      point('2026-11-01', 'lnk_2', 0),
      point('2026-11-02', 'lnk_1', 0),
      point('2026-11-02', 'lnk_2', 5),
      point('2026-11-02', null, 9),
    ],
  } as unknown as Timeseries;
  expect(daysByLink(series, ['lnk_1', 'lnk_2', 'lnk_3'])).toEqual(
    new Map([
      ['lnk_1', { clicks: 3, days: [3, 0] }],
      ['lnk_2', { clicks: 5, days: [0, 5] }],
      ['lnk_3', { clicks: 0, days: [0, 0] }],
    ]),
  );
});

it('a shape leaves out the day that is not over, unless there is no other', () => {
  expect(shapeOfDays([4, 0, 5, 1])).toEqual([4, 0, 5]);
  expect(shapeOfDays([0, 0, 3])).toEqual([0, 0, 3]);
});
