// SPDX-License-Identifier: Apache-2.0
// Questions about clicks. The headline is asked again every few seconds while the page is visible
// (the query library pauses in background tabs); the panels that say `follows` are asked again when
// the headline moved (see refresh.ts). All keep showing the last answer until the next one is there.
import { keepPreviousData, type Query, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { askBreakdown } from './breakdown_batch';
import { api, unwrap } from './client';
import type { ApiDimension, StatsQuery, Summary, Timeseries } from './types';
import { defaultView, refreshMs } from './view';

/** How often the headline of this question is asked for, in ms. */
export function pace(query: StatsQuery): number {
  const { range, from, to } = query;
  return refreshMs(range ?? (from && to ? { from, to } : defaultView.range));
}

type Refresh = number | ((query: Query<Summary>) => number | false);

export const summaryQuestion = (query: StatsQuery) => ({
  queryKey: ['stats', 'summary', query],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    unwrap(api.GET('/api/v1/stats/summary', { params: { query }, signal })),
});

export const seriesQuestion = (query: StatsQuery) => ({
  queryKey: ['stats', 'timeseries', query],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    unwrap(api.GET('/api/v1/stats/timeseries', { params: { query }, signal })),
});

/** Headline numbers with the period before; `refresh` in ms replaces the range's own pace. */
export function useSummary(query: StatsQuery, refresh: Refresh = pace(query), enabled = true) {
  return useQuery({
    ...summaryQuestion(query),
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
    enabled,
  });
}

/** Clicks per bucket, follows the headline; the server picks the interval that fits the range. */
export function useTimeseries(query: StatsQuery) {
  return useQuery({ ...seriesQuestion(query), placeholderData: keepPreviousData });
}

/** Clicks per bucket of a period that is over; asked once. */
export function usePastSeries(query: StatsQuery | null, interval: Timeseries['interval']) {
  return useQuery({
    queryKey: ['stats', 'past', interval, query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/stats/timeseries', {
          params: { query: { ...query, interval } },
          signal,
        }),
      ),
    staleTime: 600_000,
    enabled: query !== null,
  });
}

/** Clicks by hour of the week, in the zone asked for or where the visitor is; follows the headline. */
export function useHeatmap(query: StatsQuery, clock: 'viewer' | 'visitor') {
  return useQuery({
    queryKey: ['stats', 'heatmap', query, clock],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/stats/heatmap', { params: { query: { ...query, clock } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The hours of the week that stand out, follows the headline. */
export function useBestTime(query: StatsQuery) {
  return useQuery({
    queryKey: ['stats', 'best_time', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/stats/best_time', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** From impression to conversion, of people whatever traffic is looked at; follows the headline. */
export function useFunnel(query: StatsQuery) {
  return useQuery({
    queryKey: ['stats', 'funnel', query],
    queryFn: ({ signal }) => {
      const { traffic: _people, ...asked } = query;
      return unwrap(api.GET('/api/v1/stats/funnel', { params: { query: asked }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}

/**
 * Clicks by the values of one dimension, largest first, at most `limit` rows before the rest.
 * Follows the headline, or without one asks again every `refresh` ms.
 */
export function useBreakdown(
  by: ApiDimension,
  query: StatsQuery,
  limit: number,
  { refresh = 0, enabled = true } = {},
) {
  return useQuery({
    queryKey: ['stats', 'breakdown', by, limit, query],
    queryFn: () => askBreakdown(by, query, limit),
    placeholderData: (last) => (last?.by === by ? last : undefined),
    refetchInterval: refresh || false,
    enabled,
  });
}

/** Single clicks, newest first; follows the headline. */
export function useClicks(query: StatsQuery, limit: number) {
  return useInfiniteQuery({
    queryKey: ['clicks', limit, query],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/clicks', {
          params: { query: { ...query, limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });
}
