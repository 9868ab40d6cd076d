// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import {
  emptyFeed,
  keptRows,
  keptSeconds,
  perSecond,
  sumSeconds,
  withEvents,
  withListed,
} from './live_feed';
import type { Click } from './types';

const click = (id: string, country = 'DE') => ({ click_id: id, country, time: at(0) }) as Click;
const clickEvent = (id: string, country?: string) => ({
  event: 'click',
  data: JSON.stringify(click(id, country)),
});
const secondEvent = (t: string, clicks: number, skipped = 0) => ({
  event: 'second',
  data: JSON.stringify({ t, clicks, unique_clicks: clicks, bots: 1, skipped }),
});
const at = (second: number) => new Date(Date.UTC(2026, 10, 29, 12, 0, second)).toISOString();

test('rows are newest first, and one that comes twice is one', () => {
  const feed = withEvents(emptyFeed, [clickEvent('a'), clickEvent('b', 'FR'), clickEvent('a')]);
  expect(feed.rows.map((row) => row.click_id)).toEqual(['b', 'a']);
  expect(Object.fromEntries(feed.places)).toEqual({ DE: 1, FR: 1 });
  expect(withEvents(feed, [clickEvent('b')]).seen).toBe(2);
});

test('rows that were listed take their place among those that came', () => {
  const row = (id: string, second: number) => ({ ...click(id), time: at(second) }) as Click;
  const came = { event: 'click', data: JSON.stringify(row('c', 5)) };
  const feed = withListed(withEvents(emptyFeed, [came]), [row('d', 6), row('c', 5), row('b', 4)]);
  expect(feed.rows.map((one) => one.click_id)).toEqual(['d', 'c', 'b']);
  expect([...feed.listed]).toEqual(['d', 'b']);
  expect(feed.seen).toBe(3);
});

test('what was listed late is not counted once more', () => {
  const ids = Array.from({ length: 3 * keptRows }, (_, i) => `c${i}`);
  const row = (id: string, i: number) => ({ ...click(id), time: at(i) }) as Click;
  const came = ids.map((id, i) => ({ event: 'click', data: JSON.stringify(row(id, i)) }));
  const feed = withEvents(emptyFeed, came.slice(0, 2 * keptRows));
  const early = ids.slice(0, keptRows).map(row).reverse();
  expect(withListed(feed, early)).toEqual(feed);
  const late = ids.map(row).reverse().slice(0, keptRows);
  expect(withListed(feed, late).seen).toBe(3 * keptRows);
});

test('nothing grows without bound', () => {
  let feed = emptyFeed;
  for (let i = 0; i < 500; i += 1) {
    feed = withEvents(feed, [clickEvent(`c${i}`), secondEvent(at(i), 1)]);
  }
  expect(feed.rows).toHaveLength(keptRows);
  expect(feed.seconds).toHaveLength(keptSeconds);
  expect(feed.rows[0]?.click_id).toBe('c499');
  expect(feed.seen).toBe(500);
});

test('what was left out is known', () => {
  const feed = withEvents(emptyFeed, [
    secondEvent(at(1), 5000, 3000),
    { event: 'gap', data: '{}' },
  ]);
  expect(feed.skipped).toBe(3000);
  expect(feed.gap).toBe(true);
});

test('seconds add up and stand at their place', () => {
  const { seconds } = withEvents(emptyFeed, [
    secondEvent(at(10), 3),
    secondEvent(at(12), 4),
    secondEvent(at(13), 5),
  ]);
  expect(sumSeconds(seconds, Date.parse(at(11)), Date.parse(at(13)))).toEqual({
    clicks: 4,
    unique: 4,
    bots: 1,
  });
  expect(perSecond(seconds, Date.parse(at(14)), 5)).toEqual([0, 3, 0, 4, 5]);
  expect(perSecond(seconds, Date.parse(at(12)), 2)).toEqual([3, 0]);
});
