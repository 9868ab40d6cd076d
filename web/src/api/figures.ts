// SPDX-License-Identifier: Apache-2.0
// Impressions and costs: figures that the server cannot count and people enter, each for a link and
// a day of the zone that the workspace reports in. Entering a figure sets it, so sending the same
// report twice changes nothing.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { CostEntry, ImpressionsEntry } from './types';

export const figureKinds = ['impressions', 'costs'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** Days of a link's figures that the list beside the form shows. */
const shownDays = 31;

/** What was entered for a link, newest day first. */
export function useFigures(link: string | null) {
  return useQuery({
    queryKey: ['figures', link],
    queryFn: async ({ signal }) => {
      const params = { query: { link: link ?? '', limit: 1000 } };
      const [impressions, costs] = await Promise.all([
        unwrap(api.GET('/api/v1/impressions', { params, signal })),
        unwrap(api.GET('/api/v1/costs', { params, signal })),
      ]);
      return byDay(impressions.data, costs.data).slice(0, shownDays);
    },
    enabled: link !== null,
  });
}

export type DayFigures = { day: string; impressions: number | null; cost: string | null };

/** Impressions and costs of one link as one row for each day, newest first. */
export function byDay(
  impressions: readonly ImpressionsEntry[],
  costs: readonly { day: string; amount: string }[],
): DayFigures[] {
  const days = new Map<string, DayFigures>();
  const of = (day: string) => {
    const row = days.get(day) ?? { day, impressions: null, cost: null };
    days.set(day, row);
    return row;
  };
  for (const entry of impressions) of(entry.day).impressions = entry.impressions;
  for (const entry of costs) of(entry.day).cost = entry.amount;
  return [...days.values()].sort((a, b) => (a.day < b.day ? 1 : -1));
}

function useChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['figures'] }),
        client.invalidateQueries({ queryKey: ['stats'] }),
        client.invalidateQueries({ queryKey: ['experiment'] }),
      ]),
  });
}

export type FigureEntries = { impressions: ImpressionsEntry[]; costs: CostEntry[] };

/** Sets figures of single days. */
export function useEnterFigures() {
  return useChange(async ({ impressions, costs }: FigureEntries) => {
    // The costs first: they can be refused for want of a currency, impressions for nothing like it.
    if (costs.length > 0) await unwrap(api.POST('/api/v1/costs', { body: { entries: costs } }));
    if (impressions.length > 0)
      await unwrap(api.POST('/api/v1/impressions', { body: { entries: impressions } }));
  });
}

/** Sends a CSV file as it is; the server names the lines it refuses. */
export function useEnterCsv(kind: FigureKind) {
  return useChange((text: string) =>
    unwrap(
      api.POST(`/api/v1/${kind}`, {
        body: text as never,
        bodySerializer: (body: unknown) => body as string,
        headers: { 'Content-Type': 'text/csv' },
      }),
    ),
  );
}

/** Removes what was entered for a day. */
export function useRemoveFigures(link: string) {
  return useChange(async ({ day, impressions, cost }: DayFigures) => {
    const params = { path: { id: link, day } };
    if (impressions !== null)
      await unwrap(api.DELETE('/api/v1/impressions/{id}/{day}', { params }));
    if (cost !== null) await unwrap(api.DELETE('/api/v1/costs/{id}/{day}', { params }));
  });
}
