// SPDX-License-Identifier: Apache-2.0
// What a live page holds of a stream that never ends: the newest rows, two minutes of seconds, and a
// count for each country. All of it is bounded, however long the page stays open and however many
// clicks come. A pure function from events to the next feed; pausing is keeping an older one.
import type { StreamEvent } from './event_stream';
import type { Click } from './types';

export const keptRows = 60;
export const keptSeconds = 120;

export type Second = { t: string; clicks: number; unique_clicks: number | null; bots: number };

export type Feed = {
  /** The newest, newest first: what is missing here and older than the last was here, or never will be. */
  rows: readonly Click[];
  /** Ids of rows that were listed and did not come: what was there when the stream began. */
  listed: ReadonlySet<string>;
  /** Of seconds that had clicks, oldest first. */
  seconds: readonly Second[];
  /** Clicks by country, of all rows seen; `Unknown` too. */
  places: ReadonlyMap<string, number>;
  /** Rows seen so far. */
  seen: number;
  /** Rows that the server did not send, since too many came in a second. */
  skipped: number;
  /** Whether more was missed while cut off than is given again. */
  gap: boolean;
};

export const emptyFeed: Feed = {
  rows: [],
  listed: new Set(),
  seconds: [],
  places: new Map(),
  seen: 0,
  skipped: 0,
  gap: false,
};

function withRows(feed: Feed, fresh: readonly Click[]): Feed {
  if (fresh.length === 0) return feed;
  const places = new Map(feed.places);
  for (const { country } of fresh) places.set(country, (places.get(country) ?? 0) + 1);
  const rows = [...fresh, ...feed.rows]
    .sort((a, b) => Date.parse(b.time) - Date.parse(a.time))
    .slice(0, keptRows);
  return { ...feed, rows, places, seen: feed.seen + fresh.length };
}

/** The feed after events, in the order in which they came. */
export function withEvents(feed: Feed, events: readonly StreamEvent[]): Feed {
  const known = new Set(feed.rows.map((row) => row.click_id));
  const fresh: Click[] = [];
  const seconds = [...feed.seconds];
  let { skipped, gap } = feed;
  for (const { event, data } of events) {
    if (event === 'click') {
      const click = JSON.parse(data) as Click;
      if (!known.has(click.click_id)) fresh.unshift(click);
      known.add(click.click_id);
    } else if (event === 'second') {
      const second = JSON.parse(data) as Second & { skipped: number };
      skipped += second.skipped;
      if (seconds.at(-1)?.t !== second.t) seconds.push(second);
    } else if (event === 'gap') gap = true;
  }
  const next = withRows(feed, fresh);
  return { ...next, seconds: seconds.slice(-keptSeconds), skipped, gap };
}

/**
 * The feed with clicks that were listed, newest first, at their place among those that came. When
 * more have come than are kept, one that is older than all of these was counted when it came.
 */
export function withListed(feed: Feed, clicks: readonly Click[]): Feed {
  const known = new Set(feed.rows.map((row) => row.click_id));
  const oldest = feed.rows.length < keptRows ? '' : (feed.rows.at(-1)?.time ?? '');
  const missing = clicks.filter(
    (click) => !known.has(click.click_id) && (!oldest || click.time > oldest),
  );
  const listed = [...feed.listed, ...missing.map((click) => click.click_id)].slice(-keptRows);
  return { ...withRows(feed, missing), listed: new Set(listed) };
}

export type Totals = { clicks: number; unique: number; bots: number };

/** What the whole seconds in `[fromMs, toMs)` had together; seconds without clicks are not told of. */
export function sumSeconds(seconds: readonly Second[], fromMs: number, toMs: number): Totals {
  const sum: Totals = { clicks: 0, unique: 0, bots: 0 };
  for (const second of seconds) {
    const at = Date.parse(second.t);
    if (at < fromMs || at >= toMs) continue;
    sum.clicks += second.clicks;
    sum.unique += second.unique_clicks ?? 0;
    sum.bots += second.bots;
  }
  return sum;
}

/** Clicks in each of the `count` whole seconds before `endMs`, oldest first. */
export function perSecond(seconds: readonly Second[], endMs: number, count: number): number[] {
  const bars = Array.from({ length: count }, () => 0);
  for (const second of seconds) {
    const at = count - 1 - (endMs - 1000 - Date.parse(second.t)) / 1000;
    if (Number.isInteger(at) && at >= 0 && at < count) bars[at] = (bars[at] ?? 0) + second.clicks;
  }
  return bars;
}
