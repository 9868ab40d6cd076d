// SPDX-License-Identifier: Apache-2.0
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idleTicks, nextMark, questionOf, refreshPanels } from './refresh';
import type { StatsQuery, Summary } from './types';

const query = { range: '30d', tz: 'UTC', link: 'lnk_1' } as StatsQuery;
const question = questionOf(query);
const tick = 5_000;
const second = (n: number) => `2026-11-22T10:00:${String(n).padStart(2, '0')}.000Z`;

function summary(clicks: number, asOf: number, more: Partial<Summary> = {}): Summary {
  return {
    clicks,
    unique_clicks: clicks,
    visitors: clicks,
    bots: 0,
    conversions: 0,
    other_hits: 0,
    outcomes: [],
    as_of: second(asOf),
    ...more,
  } as Summary;
}

describe('the mark', () => {
  it('stays while the totals stand still', () => {
    const first = nextMark(null, question, summary(3, 1), 1_000);
    expect(nextMark(first, question, summary(3, 6), 6_000)).toBe(first);
  });

  it.each<[string, Summary]>([
    ['clicks', summary(4, 6)],
    ['bots', summary(3, 6, { bots: 1 })],
    ['prefetches', summary(3, 6, { other_hits: 1 })],
    ['other outcomes', summary(3, 6, { outcomes: [{ outcome: 'expired', clicks: 1 }] })],
  ])('moves when there are more %s', (_what, after) => {
    const first = nextMark(null, question, summary(3, 1), 1_000);
    expect(nextMark(first, question, after, 6_000)).toMatchObject({ asOf: second(6), at: 6_000 });
  });

  it('begins anew with another question', () => {
    const first = nextMark(null, question, summary(3, 1), 1_000);
    const other = questionOf({ ...query, range: '7d' });
    expect(nextMark(first, other, summary(3, 6), 6_000)).toMatchObject({ asOf: second(6), at: 0 });
  });
});

describe('panels', () => {
  let client: QueryClient;
  let asked: string[];
  const stops: (() => void)[] = [];

  /** A visible panel, once its first answer is there. */
  function panel(key: readonly unknown[], answer: () => unknown) {
    const observer = new QueryObserver(client, {
      queryKey: key,
      queryFn: () => (asked.push(String(key[1])), answer()),
      retry: false,
    });
    stops.push(observer.subscribe(() => undefined));
    return vi.waitFor(() => expect(observer.getCurrentResult().isFetching).toBe(false));
  }

  beforeEach(() => {
    client = new QueryClient();
    asked = [];
  });
  afterEach(() => {
    stops.splice(0).forEach((stop) => stop());
    client.clear();
  });

  it('all follow a change of the totals, once', async () => {
    let asOf = 1;
    const dated = () => ({ as_of: second(asOf) });
    await panel(['stats', 'timeseries', query], dated);
    await panel(['stats', 'breakdown', 'country', 8, query], dated);
    await panel(['clicks', 20, query], () => ({ pages: [dated()] }));
    await panel(['stats', 'summary', query], dated);
    await panel(['stats', 'breakdown', 'os', 8, { ...query, range: '7d' }], dated);
    asked = [];

    const still = nextMark(null, question, summary(3, 1), Date.now());
    await refreshPanels(client, still, Date.now(), tick);
    expect(asked).toEqual([]);

    asOf = 6;
    const moved = nextMark(still, question, summary(4, 6), Date.now() + 1);
    await refreshPanels(client, moved, Date.now(), tick);
    expect(asked).toEqual(['timeseries', 'breakdown', '20']);
  });

  it('that already hold the change are left alone', async () => {
    const still = nextMark(null, question, summary(3, 1), 1_000);
    const moved = nextMark(still, question, summary(4, 6), 6_000);
    await panel(['stats', 'breakdown', 'os', 8, query], () => ({ as_of: second(6) }));
    asked = [];
    await refreshPanels(client, moved, Date.now(), tick);
    expect(asked).toEqual([]);
  });

  it('that answered late from before the change are asked again', async () => {
    const moved = nextMark(
      nextMark(null, question, summary(3, 1), 1_000),
      question,
      summary(4, 6),
      6_000,
    );
    let asOf = 5;
    await panel(['stats', 'breakdown', 'os', 8, query], () => ({ as_of: second(asOf) }));
    asked = [];
    asOf = 7;
    await refreshPanels(client, moved, Date.now(), tick);
    await refreshPanels(client, moved, Date.now(), tick);
    expect(asked).toEqual(['breakdown']);
  });

  it('that failed are tried again, and idle ones now and then', async () => {
    const still = nextMark(null, question, summary(3, 1), 1_000);
    await panel(['stats', 'timeseries', query], () => Promise.reject(new Error('503')));
    await panel(['stats', 'breakdown', 'tag', 8, query], () => ({ as_of: second(1) }));
    asked = [];
    await refreshPanels(client, still, Date.now(), tick);
    expect(asked).toEqual(['timeseries']);
    asked = [];
    await refreshPanels(client, still, Date.now() + idleTicks * tick + 1_000, tick);
    expect(asked.sort()).toEqual(['breakdown', 'timeseries']);
  });

  it('with more pages open hold still', async () => {
    const page = { as_of: second(1) };
    await panel(['clicks', 20, query], () => ({ pages: [page, page] }));
    asked = [];
    const moved = { question, totals: '', asOf: second(9), at: Date.now() + 1_000 };
    await refreshPanels(client, moved, Date.now(), tick);
    expect(asked).toEqual([]);
  });
});
