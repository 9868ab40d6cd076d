// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { palettes } from '../ui/palette';
import type { Measure, Point } from './series';
import { timeOptions } from './time_options';

type Drawn = { id: string; data: (number | null)[] };

function series(clicks: number[], measures: Measure[], filling = true): Drawn[] {
  const points = clicks.map((n, day) => ({
    t: `2026-01-0${day + 1}T00:00:00Z`,
    clicks: n,
    unique_clicks: n - 1,
    bots: 0,
  })) as Point[];
  const option = timeOptions({
    points,
    interval: 'day',
    tz: 'UTC',
    measures,
    filling,
    palette: palettes.light,
    font: 'x',
  });
  return option.series as Drawn[];
}

it('the bucket that is still filling is drawn on its own', () => {
  const [solid, now] = series([4, 5, 6, 1], ['clicks']);
  expect(solid).toMatchObject({ id: 'clicks', data: [4, 5, 6] });
  expect(now).toMatchObject({ id: 'clicks-now', data: [null, null, 6, 1] });
});

it('a range that is over is one line to its end', () => {
  expect(series([4, 5, 6, 1], ['clicks'], false).map((s) => s.data)).toEqual([[4, 5, 6, 1]]);
});

it('one or two buckets are one line', () => {
  expect(series([4], ['clicks']).map((s) => s.data)).toEqual([[4]]);
  expect(series([4, 2], ['clicks']).map((s) => s.data)).toEqual([[4, 2]]);
});

it('draws only the measures asked for', () => {
  expect(series([4, 5, 6], ['clicks', 'bots']).map((s) => s.id)).toEqual([
    'clicks',
    'clicks-now',
    'bots',
    'bots-now',
  ]);
});
