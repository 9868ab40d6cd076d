// SPDX-License-Identifier: Apache-2.0
// The measures of the time chart, and which of them a traffic class has: uniques are people, so a
// chart of bots has none, and there the clicks *are* the bots. `before` is the clicks of the period
// before, laid over this one.
import type { Timeseries } from '../api/types';
import type { Traffic } from '../api/view';

export type Point = Timeseries['points'][number];
export type Measure = 'clicks' | 'unique' | 'bots';
export type Drawn = Measure | 'before';

export const measureNames: Record<Drawn, string> = {
  clicks: 'Clicks',
  unique: 'Unique clicks (per day)',
  bots: 'Bots',
  before: 'Period before',
};

export function measuresOf(traffic: Traffic): Measure[] {
  return traffic === 'bot' ? ['clicks'] : ['clicks', 'unique', 'bots'];
}

/** Clicks of the period before for each of `points`; null where it was shorter. */
export function beside(
  points: readonly Point[],
  before: readonly Point[] | undefined,
): (number | null)[] {
  return points.map((_, at) => before?.[at]?.clicks ?? null);
}

export function valueOf(point: Point, measure: Measure): number | null {
  if (measure === 'clicks') return point.clicks;
  return measure === 'bots' ? point.bots : (point.unique_clicks ?? null);
}

/** One sentence for those who cannot see the chart. */
export function describe(
  points: readonly Point[],
  name: (start: string) => string,
  count: (value: number) => string,
): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return 'No data.';
  const total = points.reduce((sum, point) => sum + point.clicks, 0);
  const peak = points.reduce((best, point) => (point.clicks > best.clicks ? point : best), first);
  const range = `${count(total)} clicks from ${name(first.t)} to ${name(last.t)}`;
  return total === 0 ? `${range}.` : `${range}; most, ${count(peak.clicks)}, at ${name(peak.t)}.`;
}
