// SPDX-License-Identifier: Apache-2.0
// Clicks per day of the links that a list shows. One question serves a block of rows: a series by
// link gives the small pictures, and their sums are the numbers beside them. Blocks are counted
// from the top of the list, so that scrolling back finds the answers that are there already.
import { useQueries } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { Link, Timeseries } from './types';

/** Rows in a block; the API gives up to 50 series in one answer. */
export const blockSize = 25;

export type LinkDays = { clicks: number; days: number[] };

/** The blocks that have a row in `[first, end)`, as slices of the list. */
export function blocksOf<T>(items: readonly T[], first: number, end: number): T[][] {
  const blocks: T[][] = [];
  for (let at = Math.floor(first / blockSize) * blockSize; at < end; at += blockSize) {
    const block = items.slice(at, at + blockSize);
    if (block.length > 0) blocks.push(block);
  }
  return blocks;
}

/** Days, oldest first, and their sum for each of `ids`; a link without clicks has zeros. */
export function daysByLink(series: Timeseries, ids: readonly string[]): Map<string, LinkDays> {
  const starts = [...new Set(series.points.map((point) => point.t))];
  const place = new Map(starts.map((start, index) => [start, index]));
  const result = new Map<string, LinkDays>(
    ids.map((id) => [id, { clicks: 0, days: new Array<number>(starts.length).fill(0) }]),
  );
  for (const point of series.points) {
    const own = result.get(point.value ?? '');
    if (!own) continue;
    own.clicks += point.clicks;
    own.days[place.get(point.t) ?? 0] = point.clicks;
  }
  return result;
}

/**
 * The days as a shape: without today, which is not over and would end every line in a fall, unless
 * all there is came today.
 */
export function shapeOfDays(days: readonly number[]): readonly number[] {
  const over = days.slice(0, -1);
  return over.some((clicks) => clicks > 0) ? over : days;
}

/** The last 30 days of the links in these blocks, by id; a link whose answer is not there lacks. */
export function useLinkDays(blocks: Link[][], tz: string): Map<string, LinkDays> {
  const answers = useQueries({
    queries: blocks.map((block) => {
      const ids = block.map((link) => link.id);
      return {
        queryKey: ['link_days', tz, ids.join(',')],
        queryFn: async ({ signal }: { signal: AbortSignal }) =>
          daysByLink(
            await unwrap(
              api.GET('/api/v1/stats/timeseries', {
                params: {
                  query: {
                    by: 'link',
                    limit: blockSize,
                    interval: 'day',
                    range: '30d',
                    tz,
                    link: ids.join(','),
                  },
                },
                signal,
              }),
            ),
            ids,
          ),
        structuralSharing: false,
        staleTime: 10_000,
        refetchInterval: 10_000,
      };
    }),
  });
  return new Map(answers.flatMap((answer) => (answer.data ? [...answer.data] : [])));
}
