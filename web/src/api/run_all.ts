// SPDX-License-Identifier: Apache-2.0
// The same call for many things: the server changes links one by one, so a change to a hundred is a
// hundred calls, a few at a time. What was refused is told of in the end with its reason; the rest
// goes on.
import { asApiError, type ApiError } from './problem';

export type Outcome<T> = { done: T[]; refused: { item: T; error: ApiError }[]; stopped: boolean };

type Options = {
  width?: number;
  signal?: AbortSignal;
  /** Called after each answer with how many there are. */
  onAnswer?: (answers: number) => void;
};

/** Calls `work` for all `items`, `width` at a time, in order; a stop lets those under way end. */
export async function runAll<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  { width = 4, signal, onAnswer }: Options = {},
): Promise<Outcome<T>> {
  const outcome: Outcome<T> = { done: [], refused: [], stopped: false };
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      if (signal?.aborted) {
        outcome.stopped = true;
        return;
      }
      const item = items[next++] as T;
      try {
        await work(item);
        outcome.done.push(item);
      } catch (thrown) {
        outcome.refused.push({ item, error: asApiError(thrown) });
      }
      onAnswer?.(outcome.done.length + outcome.refused.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return outcome;
}
