// SPDX-License-Identifier: Apache-2.0
// Questions that lay things side by side. The columns are one question; lines and markets are one
// for each value, which the query library keeps apart, so that adding a value asks for it alone.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { pace } from './stats';
import type { StatsQuery } from './types';
import { filterText } from './filter';

/** What can be laid side by side on the page, each with two to ten values. */
export const subjects = ['link', 'campaign', 'channel', 'variant'] as const;
export type Subject = (typeof subjects)[number];

/** The server takes this many values. */
export const mostValues = 10;

export function useCompared(by: Subject, values: readonly string[], query: StatsQuery) {
  return useQuery({
    queryKey: ['stats', 'compare', by, values, query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/stats/compare', {
          params: { query: { ...query, by, values: values.map(filterText).join(',') } },
          signal,
        }),
      ),
    placeholderData: (last) => (last?.by === by ? last : undefined),
    refetchInterval: pace(query),
    enabled: values.length >= 2,
  });
}

/** The question narrowed to one value of what is compared. */
export function narrowed(query: StatsQuery, by: Subject, value: string): StatsQuery {
  return { ...query, [by]: filterText(value) };
}

/** Clicks over time, one series for each value and in their order. */
export function useComparedSeries(by: Subject, values: readonly string[], query: StatsQuery) {
  return useQueries({
    queries: values.map((value) => ({
      queryKey: ['stats', 'timeseries', narrowed(query, by, value)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(
          api.GET('/api/v1/stats/timeseries', {
            params: { query: narrowed(query, by, value) },
            signal,
          }),
        ),
      refetchInterval: pace(query),
    })),
  });
}

/** Countries, one answer for each value and in their order. */
export function useComparedMarkets(
  by: Subject,
  values: readonly string[],
  query: StatsQuery,
  limit: number,
) {
  return useQueries({
    queries: values.map((value) => ({
      queryKey: ['stats', 'geo', limit, narrowed(query, by, value)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(
          api.GET('/api/v1/stats/geo', {
            params: { query: { ...narrowed(query, by, value), by: 'country', limit } },
            signal,
          }),
        ),
      refetchInterval: 4 * pace(query),
    })),
  });
}

export function useChannels(query: StatsQuery, enabled: boolean) {
  return useQuery({
    queryKey: ['stats', 'channels', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/stats/channels', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: pace(query),
    enabled,
  });
}
