// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { runAll } from './run_all';

it('calls for each once, no more than `width` at a time', async () => {
  let under = 0;
  let most = 0;
  const seen: number[] = [];
  const outcome = await runAll(
    [1, 2, 3, 4, 5, 6, 7],
    async (item) => {
      most = Math.max(most, ++under);
      await Promise.resolve();
      seen.push(item);
      under -= 1;
    },
    { width: 3 },
  );
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
  expect(outcome).toEqual({ done: seen, refused: [], stopped: false });
});

it('tells what was refused and goes on', async () => {
  const answers: number[] = [];
  const outcome = await runAll(
    ['a', 'b', 'c'],
    (item) => (item === 'b' ? Promise.reject(new Error('no')) : Promise.resolve()),
    { width: 1, onAnswer: (count) => answers.push(count) },
  );
  expect(outcome.done).toEqual(['a', 'c']);
  expect(outcome.refused.map(({ item, error }) => [item, error.detail])).toEqual([['b', 'no']]);
  expect(answers).toEqual([1, 2, 3]);
});

it('stops between two calls', async () => {
  const stop = new AbortController();
  const outcome = await runAll(
    [1, 2, 3],
    async (item) => {
      if (item === 2) stop.abort();
    },
    { width: 1, signal: stop.signal },
  );
  expect(outcome).toEqual({ done: [1, 2], refused: [], stopped: true });
});
