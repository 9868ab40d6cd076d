// SPDX-License-Identifier: Apache-2.0
// One tick for every panel of a stats page. Only the headline is asked for by the clock; the panels
// below it (chart, breakdowns, single clicks) follow its answers: when its totals change, whatever
// was counted before that is asked for again at once, so that no card contradicts the number above
// it. Nothing changed, nothing asked: an idle page costs one question per tick.
//
// "Before" is the server's `as_of`, not the order in which answers arrive: a slow answer that left
// before the change is still behind when it comes, and the next tick sees it. A running question is
// never cut off, or panels slower than the tick would starve on a busy page.
//
// What the totals cannot show (a link's tags were edited, clicks were reclassified, an empty bucket
// began) comes with a slow tick of its own; a panel that failed is tried again at each answer.
import { hashKey, type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { StatsQuery, Summary } from './types';

/** The headline answer that first showed the present totals. */
export type Mark = { question: string; totals: string; asOf: string; at: number };

/** How much older than one tick a panel may grow while the totals stand still. */
export const idleTicks = 6;

function totalsOf(summary: Summary): string {
  const { clicks, unique_clicks, visitors, bots, conversions, other_hits, outcomes } = summary;
  return JSON.stringify([
    clicks,
    unique_clicks,
    visitors,
    bots,
    conversions,
    other_hits,
    outcomes.map((row) => [row.outcome, row.clicks]),
  ]);
}

/** A query as text, equal for equal queries: what a panel's key ends with. */
export function questionOf(query: unknown): string {
  return hashKey([query]);
}

/** The mark after a headline answer that came at `at` (ms, this browser's clock). */
export function nextMark(mark: Mark | null, question: string, summary: Summary, at: number): Mark {
  const totals = totalsOf(summary);
  if (mark && mark.question === question) {
    return mark.totals === totals ? mark : { ...mark, totals, asOf: summary.as_of, at };
  }
  // The panels asked together with the first answer, so only `as_of` can tell who is behind.
  return { question, totals, asOf: summary.as_of, at: 0 };
}

type Dated = { as_of?: string; pages?: { as_of: string }[] };

/** Whether a panel's answer was counted before the totals became what they are. */
export function isBehind(panel: Query, mark: Mark, now: number, tickMs: number): boolean {
  const { data, dataUpdatedAt, status } = panel.state;
  if (status === 'error') return true;
  if (!data) return false;
  const { as_of, pages } = data as Dated;
  // Once more pages are open the list holds still, so that rows do not move under the reader.
  if (pages && pages.length > 1) return false;
  const asOf = as_of ?? pages?.[0]?.as_of ?? '';
  return asOf < mark.asOf || dataUpdatedAt < mark.at || now - dataUpdatedAt > idleTicks * tickMs;
}

/** Asks again for the visible panels of the mark's question that are behind. */
export function refreshPanels(client: QueryClient, mark: Mark, now: number, tickMs: number) {
  return client.refetchQueries(
    {
      type: 'active',
      predicate: (panel) =>
        panel.queryKey[1] !== 'summary' &&
        questionOf(panel.queryKey.at(-1)) === mark.question &&
        isBehind(panel, mark, now, tickMs),
    },
    { cancelRefetch: false },
  );
}

type Answer = { data: Summary | undefined; dataUpdatedAt: number; isPlaceholderData: boolean };

/** Keeps the panels that ask `query` level with the headline's answers to it. */
export function usePanelsFollow(query: StatsQuery, headline: Answer, tickMs: number): void {
  const client = useQueryClient();
  const mark = useRef<Mark | null>(null);
  const question = questionOf(query);
  const { data, dataUpdatedAt, isPlaceholderData } = headline;
  useEffect(() => {
    if (!data || isPlaceholderData) return;
    mark.current = nextMark(mark.current, question, data, dataUpdatedAt);
    void refreshPanels(client, mark.current, Date.now(), tickMs);
  }, [client, question, data, dataUpdatedAt, isPlaceholderData, tickMs]);
}
