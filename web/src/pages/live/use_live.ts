// SPDX-License-Identifier: Apache-2.0
// The live page's feed: the clicks that were there, then those that come. What comes within a few
// frames is shown together, so that a thousand clicks a second draw no more often than ten.
import { useEffect, useMemo, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import type { StreamEvent } from '../../api/event_stream';
import { emptyFeed, type Feed, keptRows, withEvents, withListed } from '../../api/live_feed';
import { type LiveState, openLive } from '../../api/live_stream';
import { sessionKey } from '../../api/query_client';
import type { StatsQuery } from '../../api/types';

const drawMs = 100;
/** Within this time a click that the stream no longer tells of is among the listed ones. */
const storedMs = 1500;
/** Before it is told whose clicks, in the API's filter language. */
export type LiveFilters = Omit<StatsQuery, 'range' | 'from' | 'to' | 'tz'>;

export type Live = {
  feed: Feed;
  state: LiveState;
  /** When this question was first answered, in ms of this browser's clock. */
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

export function useLive(filters: LiveFilters): Live {
  const client = useQueryClient();
  const question = JSON.stringify(filters);
  const [feed, setFeed] = useState<Feed>(emptyFeed);
  const [state, setState] = useState<LiveState>({ name: 'connecting' });
  const [since, setSince] = useState(() => Date.now());
  const ahead = useRef<number | null>(null);

  useEffect(() => {
    const asked = JSON.parse(question) as LiveFilters;
    const listing = new AbortController();
    let waiting: StreamEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
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
  }, [client, question]);

  return useMemo(() => ({ feed, state, since, ahead: ahead.current ?? 0 }), [feed, state, since]);
}
