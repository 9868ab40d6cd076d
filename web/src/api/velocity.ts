// SPDX-License-Identifier: Apache-2.0
// What stands out of a baseline: of all clicks that are looked at, and of the largest links alone.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { useBreakdown } from './stats';
import type { Breakdown, StatsQuery, Velocity } from './types';

type Interval = 'hour' | 'day' | 'auto';

/** As many as a card of links shows, which then has the answer already. */
const listedLinks = 8;
const judgedLinks = 3;

function velocity(query: StatsQuery, interval: Interval) {
  return {
    queryKey: ['stats', 'velocity', interval, query],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      unwrap(
        api.GET('/api/v1/stats/velocity', { params: { query: { ...query, interval } }, signal }),
      ),
  };
}

/** What stands out by the hour or by the day; follows the headline. */
export function useVelocity(query: StatsQuery, interval: Interval, enabled = true) {
  return useQuery({ ...velocity(query, interval), placeholderData: keepPreviousData, enabled });
}

/** The links to be judged alone, largest first; none where only one is left. */
export function largestLinks(links: Breakdown | undefined): { id: string; name: string }[] {
  const rows = (links?.rows ?? []).filter(({ kind, value }) => kind === 'value' && value);
  if (rows.length < 2) return [];
  return rows
    .slice(0, judgedLinks)
    .map(({ value, label }) => ({ id: value ?? '', name: label ?? value ?? '' }));
}

const none: { name: string; velocity: Velocity }[] = [];

/** Of the largest links what stands out, each by its own baseline; asked once they are known. */
export function useLargestLinks(query: StatsQuery, interval: Interval, enabled: boolean) {
  const many = query.link === undefined;
  const links = useBreakdown('link', query, listedLinks, { enabled: enabled && many });
  const judged = many && enabled && !links.isPlaceholderData ? largestLinks(links.data) : [];
  return useQueries({
    queries: judged.map(({ id, name }) => ({
      ...velocity({ ...query, link: id }, interval),
      select: (own: Velocity) => ({ name, velocity: own }),
      staleTime: 60_000,
    })),
    combine: (answers) => {
      const found = answers.flatMap(({ data }) => (data ? [data] : []));
      return found.length > 0 ? found : none;
    },
  });
}
