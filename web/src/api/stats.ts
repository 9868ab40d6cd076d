// SPDX-License-Identifier: Apache-2.0
// Questions about clicks. Each is asked again every few seconds while the page is visible (the
// query library pauses in background tabs) and keeps showing the last answer until the next one is
// there.
import { keepPreviousData, type Query, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { ApiDimension, StatsQuery, Summary } from './types';
import { type Range, refreshMs } from './view';

function pace(query: StatsQuery): number {
  return refreshMs(query.range as Range);
}

type Refresh = number | ((query: Query<Summary>) => number | false);

/** Headline numbers with the period before; `refresh` in ms replaces the range's own pace. */
export function useSummary(query: StatsQuery, refresh: Refresh = pace(query)) {
  return useQuery({
    queryKey: ['stats', 'summary', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/stats/summary', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });
}

/** Clicks per bucket; the server picks the interval that fits the range. */
export function useTimeseries(query: StatsQuery, refresh: number = pace(query)) {
  return useQuery({
    queryKey: ['stats', 'timeseries', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/stats/timeseries', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });
}

/** Clicks by the values of one dimension, largest first, at most `limit` rows before the rest. */
export function useBreakdown(by: ApiDimension, query: StatsQuery, limit: number, enabled = true) {
  return useQuery({
    queryKey: ['stats', 'breakdown', by, limit, query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/stats/breakdown', { params: { query: { ...query, by, limit } }, signal }),
      ),
    placeholderData: (last) => (last?.by === by ? last : undefined),
    refetchInterval: pace(query) * 2,
    enabled,
  });
}

/** Single clicks, newest first. */
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
    // Once more pages are open the list holds still, so that rows do not move under the reader.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : pace(query)),
  });
}
