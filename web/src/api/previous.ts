// SPDX-License-Identifier: Apache-2.0
import type { StatsQuery, Summary, Timeseries } from './types';

/** Asks for the period before, whose buckets lie beside those of `now`; null where there is none. */
export function previousQuery(
  query: StatsQuery,
  summary: Summary | undefined,
  now: Timeseries | undefined,
): StatsQuery | null {
  const first = now?.points[0];
  if (!summary?.previous || !now || !first) return null;
  // A rolling range begins anew with every question, its buckets do not: counted back from the
  // first of them, the question stays the same and so does its answer.
  const to = Date.parse(first.t);
  const back = Date.parse(summary.from) - Date.parse(summary.previous.from);
  const { range: _moves, ...rest } = query;
  const from = new Date(to - back).toISOString();
  return { ...rest, from, to: new Date(to).toISOString() };
}
