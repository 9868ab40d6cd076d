// SPDX-License-Identifier: Apache-2.0
// Panels ask for their breakdowns one by one, each with its own place in the cache; those that ask
// the same question in the same moment go to the server as one, which answers sooner than it would
// each of them, and of one moment. A question on its own stays what it is. What was asked together
// cannot be called off by one of the askers.
import { hashKey } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { ApiDimension, Breakdown, StatsQuery } from './types';

/** What the server offers together: rows at most, and which dimension it does not. */
const mostRows = 100;
const alone: ApiDimension = 'tag';

type One = (by: ApiDimension, query: StatsQuery, limit: number) => Promise<Breakdown>;
type Several = (by: ApiDimension[], query: StatsQuery, limit: number) => Promise<Breakdown[]>;
type Ask = {
  by: ApiDimension;
  resolve: (answer: Breakdown) => void;
  reject: (error: unknown) => void;
};

/** A way to ask that gathers what is asked until the present task is over. */
export function batched(one: One, several: Several): One {
  const gathered = new Map<string, Ask[]>();

  const send = (asks: Ask[], query: StatsQuery, limit: number) => {
    const dimensions = [...new Set(asks.map(({ by }) => by))];
    const [only] = dimensions;
    const answers =
      dimensions.length === 1 && only
        ? one(only, query, limit).then((answer) => [answer])
        : several(dimensions, query, limit);
    answers.then(
      (all) => {
        for (const { by, resolve, reject } of asks) {
          const answer = all.find((breakdown) => breakdown.by === by);
          if (answer) resolve(answer);
          else reject(new Error(`no breakdown by ${by} in the answer`));
        }
      },
      (error: unknown) => asks.forEach(({ reject }) => reject(error)),
    );
  };

  return (by, query, limit) => {
    if (by === alone || limit > mostRows) return one(by, query, limit);
    return new Promise((resolve, reject) => {
      const question = hashKey([query, limit]);
      const asks = gathered.get(question) ?? [];
      asks.push({ by, resolve, reject });
      if (asks.length > 1) return;
      gathered.set(question, asks);
      setTimeout(() => {
        gathered.delete(question);
        send(asks, query, limit);
      });
    });
  };
}

export const askBreakdown = batched(
  (by, query, limit) =>
    unwrap(api.GET('/api/v1/stats/breakdown', { params: { query: { ...query, by, limit } } })),
  async (by, query, limit) => {
    const answer = await unwrap(
      api.GET('/api/v1/stats/breakdowns', {
        params: { query: { ...query, by, limit } },
        querySerializer: { array: { style: 'form', explode: false } },
      }),
    );
    return answer.breakdowns;
  },
);
