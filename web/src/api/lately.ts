// SPDX-License-Identifier: Apache-2.0
// The last half hour by the minute, whatever range a page shows: how busy it is now. It is asked
// like the panels: anew with each minute, and when the headline moved (its key ends with the page's
// question, see refresh.ts).
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { StatsQuery } from './types';
import { liveFilters } from './use_live';

export const latelyMinutes = 30;
const rateMinutes = 5;
const minuteMs = 60_000;

/** The half hour up to and with the minute of `asOf`, the server's time. */
export function latelyWindow(asOf: string): { from: string; to: string } {
  const end = Math.floor(Date.parse(asOf) / minuteMs + 1) * minuteMs;
  return {
    from: new Date(end - latelyMinutes * minuteMs).toISOString(),
    to: new Date(end).toISOString(),
  };
}

export type Lately = { clicks: number; perMinute: number; minutes: readonly number[] };

/** What the minutes make together; the last one is not over and does not lower the rate. */
export function latelyOf(minutes: readonly number[]): Lately {
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const over = minutes.slice(-1 - rateMinutes, -1);
  return { clicks: sum(minutes), perMinute: sum(over) / Math.max(1, over.length), minutes };
}

export function useLately(query: StatsQuery, asOf: string) {
  const { from, to } = latelyWindow(asOf);
  return useQuery({
    queryKey: ['stats', 'lately', to, query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/stats/timeseries', {
          params: { query: { ...liveFilters(query), from, to, tz: 'UTC', interval: 'minute' } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    select: ({ points }) => latelyOf(points.map(({ clicks }) => clicks)),
  });
}
