// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import type { StreamEvent } from './event_stream';
import { type LiveState, mayRecover, openLive, waitBefore } from './live_stream';
import { errorFromAnswer } from './problem';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  page.hidden = false;
});

/** What of a page matters here: whether anybody sees it. */
const page = Object.assign(new EventTarget(), { hidden: false });

function show(seen: boolean) {
  page.hidden = !seen;
  page.dispatchEvent(new Event('visibilitychange'));
}

/** Answers to the calls of fetch, one after the other; the last one stays open. */
function answer(texts: (string | number)[]) {
  const ids: (string | null)[] = [];
  let call = 0;
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal('document', page);
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    ids.push(new Headers(init.headers).get('last-event-id'));
    const text = texts[call++];
    if (typeof text === 'number') {
      return text === 0
        ? Promise.reject(new TypeError('offline'))
        : Promise.resolve(new Response('{}', { status: text }));
    }
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text ?? ''));
        if (call < texts.length) return controller.close();
        init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      },
    });
    return Promise.resolve(new Response(body));
  });
  return ids;
}

test('it goes on behind the last row, through ends, failures and silence', async () => {
  vi.useFakeTimers();
  const row = (id: string) => `id: ${id}\nevent: click\ndata: ${id}\n\n`;
  const ids = answer([row('1-1-1'), 0, 503, row('1-1-2') + 'id: 1-1-9\nevent: cl', row('1-1-3')]);
  const events: StreamEvent[] = [];
  const states: string[] = [];
  const close = openLive('/api/v1/live', {
    onEvents: (some) => events.push(...some),
    onState: (state) =>
      states.push(state.name === 'open' ? `open ${state.behind ? 'behind' : 'anew'}` : state.name),
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(events.map(({ data }) => data)).toEqual(['1-1-1', '1-1-2', '1-1-3']);
  expect(ids).toEqual([null, '1-1-1', '1-1-1', '1-1-1', '1-1-2']);
  expect(states).toEqual([
    'connecting',
    'open anew',
    'waiting',
    'waiting',
    'open behind',
    'open behind',
  ]);
  close();
});

test('a page that nobody sees lets go, and goes on behind the last row', async () => {
  vi.useFakeTimers();
  const ids = answer(['id: 1-1-1\nevent: click\ndata: 1\n\n']);
  const states: LiveState['name'][] = [];
  const close = openLive('/api/v1/live', {
    onEvents: () => {},
    onState: ({ name }) => states.push(name),
  });
  await vi.advanceTimersByTimeAsync(1000);
  show(false);
  await vi.advanceTimersByTimeAsync(5000);
  show(true); // a glance elsewhere changes nothing
  await vi.advanceTimersByTimeAsync(25_000);
  expect(states).toEqual(['connecting', 'open']);
  show(false);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(states).toEqual(['connecting', 'open', 'resting']);
  show(true);
  await vi.advanceTimersByTimeAsync(10);
  expect(states).toEqual(['connecting', 'open', 'resting', 'open']);
  expect(ids).toEqual([null, '1-1-1']);
  close();
});

test('a refusal ends it', async () => {
  vi.useFakeTimers();
  const ids = answer([401, '']);
  const states: LiveState['name'][] = [];
  openLive('/api/v1/live', { onEvents: () => {}, onState: ({ name }) => states.push(name) });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states).toEqual(['connecting', 'refused']);
  expect(ids).toHaveLength(1);
});

test('waits grow up to a bound', () => {
  expect([1, 2, 3, 9].map(waitBefore)).toEqual([500, 1000, 2000, 10_000]);
  const status = (code: number) => mayRecover(errorFromAnswer(code, null, new Headers()));
  expect([400, 401, 403, 429, 500, 503].map(status)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
  ]);
});
