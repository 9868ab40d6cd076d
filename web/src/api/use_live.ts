// SPDX-License-Identifier: Apache-2.0
// The clicks that were there, then those that come: for the live page, and for the strip of a stats
// page. What comes within a few frames is shown together, so that a thousand clicks a second draw no
// more often than ten.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { StreamEvent } from './event_stream';
import { emptyFeed, type Feed, keptRows, withEvents, withListed } from './live_feed';
import { type LiveState, openLive } from './live_stream';
import { sessionKey } from './query_client';
import type { StatsQuery } from './types';

const drawMs = 100;
/** Within this time a click that the stream no longer tells of is among the listed ones. */
const storedMs = 1500;
/** After so long a break the seconds before it say nothing about now. */
const breakMs = 3000;

/** Whose clicks, in the API's filter language. */
export type LiveFilters = Omit<StatsQuery, 'range' | 'from' | 'to' | 'tz'>;

/** A question without the range that a stream does not have. */
export function liveFilters(query: StatsQuery): LiveFilters {
  const { range: _range, from: _from, to: _to, tz: _tz, ...filters } = query;
  return filters;
}

export type Live = {
  feed: Feed;
  state: LiveState;
  /** Since when no second is missing, in ms of this browser's clock. */
  since: number;
  /** How far this browser's clock is ahead of the server's, in ms. */
  ahead: number;
};

/** The newest clicks of the last day, for the page to begin with. */
function newest(filters: LiveFilters, signal: AbortSignal) {
  const query = { ...filters, range: '24h', limit: keptRows } as StatsQuery & { limit: number };
  return unwrap(api.GET('/api/v1/clicks', { params: { query }, signal }));
}

/** How late the server's whole seconds come here, at least: the difference of the clocks. */
function clockAhead(ahead: number | null, events: readonly StreamEvent[]): number | null {
  let least = ahead;
  for (const { event, data } of events) {
    if (event !== 'second') continue;
    const late = Date.now() - (Date.parse((JSON.parse(data) as { t: string }).t) + 1000);
    if (least === null || late < least) least = late;
  }
  return least;
}

/** While not `running` nothing is asked, and what came before stays, if it answers this question. */
export function useLive(filters: LiveFilters, running = true): Live {
  const client = useQueryClient();
  const question = JSON.stringify(filters);
  const [feed, setFeed] = useState<Feed>(emptyFeed);
  const [state, setState] = useState<LiveState>({ name: 'connecting' });
  const [since, setSince] = useState(() => Date.now());
  const ahead = useRef<number | null>(null);
  const shown = useRef(question);

  useEffect(() => {
    const another = shown.current !== question;
    shown.current = question;
    if (!running) return another ? setFeed(emptyFeed) : undefined;
    const asked = JSON.parse(question) as LiveFilters;
    const listing = new AbortController();
    let waiting: StreamEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let brokenAt = 0;
    setFeed(emptyFeed);
    setSince(Date.now());
    ahead.current = null;
    const show = () => {
      timer = undefined;
      const events = waiting;
      waiting = [];
      ahead.current = clockAhead(ahead.current, events);
      setFeed((now) => withEvents(now, events));
    };
    // A stream that begins now has none of the clicks before it; asked for once it is open, so that
    // none falls in between. What fails here is told of by the stream's state.
    const list = () =>
      void newest(asked, listing.signal).then(
        ({ data }) => setFeed((now) => withListed(now, data)),
        () => {},
      );
    const search = new URLSearchParams(asked as Record<string, string>).toString();
    const close = openLive(`/api/v1/live${search && `?${search}`}`, {
      onEvents: (events) => {
        waiting.push(...events);
        timer ??= setTimeout(show, drawMs);
      },
      onState: (next) => {
        setState(next);
        if (next.name !== 'open') brokenAt ||= Date.now();
        else {
          if (brokenAt && Date.now() - brokenAt > breakMs) setSince(Date.now());
          brokenAt = 0;
        }
        if (next.name === 'open' && !next.behind) {
          list();
          again = setTimeout(list, storedMs);
        }
        if (next.name === 'refused' && next.error.status === 401) {
          client.setQueryData(sessionKey, null);
        }
      },
    });
    return () => {
      listing.abort();
      close();
      clearTimeout(timer);
      clearTimeout(again);
    };
  }, [client, question, running]);

  return useMemo(() => ({ feed, state, since, ahead: ahead.current ?? 0 }), [feed, state, since]);
}
