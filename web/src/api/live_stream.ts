// SPDX-License-Identifier: Apache-2.0
// One live stream that lasts: it comes back by itself and goes on behind the last row seen, whether
// the server ended it (after 15 minutes), was restarted, or the network went away. A refusal that
// asking again cannot change (no session, a wrong filter) ends it.
//
// The server writes at least a comment every 15 seconds, so silence three times as long means that
// nobody is there any more, also where no connection was ever closed.
//
// A page that nobody sees lets go after a while and goes on when it is seen again. Over HTTP/1.1 a
// browser opens six connections to a server, so that six forgotten tabs would leave none to a seventh.
import { EventReader, type StreamEvent } from './event_stream';
import { asApiError, type ApiError, errorFromAnswer, unreachable } from './problem';

export type LiveState =
  | { name: 'connecting' }
  /** `behind` a row: it misses nothing. Else it begins now, and what came before is not in it. */
  | { name: 'open'; behind: boolean }
  /** Let go, as nobody sees the page; goes on when somebody does. */
  | { name: 'resting' }
  /** Cut off; asks again by itself. */
  | { name: 'waiting'; error: ApiError }
  /** Refused for good. */
  | { name: 'refused'; error: ApiError };

type Listener = {
  onEvents: (events: StreamEvent[]) => void;
  onState: (state: LiveState) => void;
};

const silenceMs = 45_000;
const unseenMs = 20_000;
const firstWaitMs = 500;
const longestWaitMs = 10_000;

/** How long to wait before the n-th try in a row, in ms. */
export function waitBefore(attempt: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
}

/** Whether asking again may help. */
export function mayRecover({ status }: ApiError): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

/** Reads one answer to its end. */
async function readAnswer(
  url: string,
  reader: EventReader,
  signal: AbortSignal,
  alive: () => void,
  { onEvents, onState }: Listener,
): Promise<void> {
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (reader.lastId) headers['Last-Event-ID'] = reader.lastId;
  const answer = await fetch(url, { headers, signal, cache: 'no-store' }).catch(() => {
    throw unreachable();
  });
  if (!answer.ok || !answer.body) {
    const body: unknown = await answer.json().catch(() => null);
    throw errorFromAnswer(answer.status, body, answer.headers);
  }
  onState({ name: 'open', behind: reader.lastId !== '' });
  const text = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    alive();
    const piece = await text.read().catch(() => {
      throw unreachable();
    });
    if (piece.done) return;
    const events = reader.read(piece.value);
    if (events.length > 0) onEvents(events);
  }
}

/** Opens a stream that lasts until the function it gives is called. */
export function openLive(url: string, listener: Listener): () => void {
  const over = new AbortController();
  let lastId = '';
  let wake = () => {};

  /** Without a time: until it is woken. */
  const rest = (ms?: number) =>
    new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      wake = () => (clearTimeout(timer), resolve());
    });
  const onOnline = () => wake();

  let letGo = () => {};
  let unseen: ReturnType<typeof setTimeout> | undefined;
  const onSight = () => {
    clearTimeout(unseen);
    if (document.hidden) unseen = setTimeout(() => letGo(), unseenMs);
    else wake();
  };

  async function once(): Promise<void> {
    const connection = new AbortController();
    const abort = () => connection.abort();
    over.signal.addEventListener('abort', abort);
    let timer = setTimeout(abort, silenceMs);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(abort, silenceMs);
    };
    letGo = abort;
    // A new reader forgets half an event of the connection before, and nothing else.
    const reader = new EventReader(lastId);
    try {
      await readAnswer(url, reader, connection.signal, alive, listener);
    } finally {
      lastId = reader.lastId;
      clearTimeout(timer);
      over.signal.removeEventListener('abort', abort);
    }
  }

  async function run(): Promise<void> {
    for (let attempt = 0; !over.signal.aborted;) {
      if (document.hidden) {
        listener.onState({ name: 'resting' });
        await rest();
        continue;
      }
      try {
        await once();
        attempt = 0;
        await rest(firstWaitMs / 2);
      } catch (thrown) {
        if (over.signal.aborted) return;
        if (document.hidden) continue;
        const error = asApiError(thrown);
        if (!mayRecover(error)) return listener.onState({ name: 'refused', error });
        listener.onState({ name: 'waiting', error });
        attempt += 1;
        await rest(waitBefore(attempt));
      }
    }
  }

  addEventListener('online', onOnline);
  document.addEventListener('visibilitychange', onSight);
  listener.onState({ name: 'connecting' });
  void run();
  return () => {
    removeEventListener('online', onOnline);
    document.removeEventListener('visibilitychange', onSight);
    clearTimeout(unseen);
    over.abort();
    wake();
  };
}
