// SPDX-License-Identifier: Apache-2.0
// The rest of a list, page after page, so that all that match can be chosen. They are loaded before
// anything is done to them: what is done takes links out of the list, or moves them within it, and
// with them what a cursor points at. The list then shows all that is chosen, and every row follows
// the change of its link.

/** So many can be chosen together; the server changes them one by one. */
export const mostChosen = 10_000;

/** What is loaded after one more page. */
export type Step<T> = { items: readonly T[]; more: boolean };

type Options = {
  most?: number;
  signal: AbortSignal;
  /** Called after each page with how many are loaded. */
  onLoaded: (amount: number) => void;
};

/** All items; less than all when it was stopped, or when there are too many. Throws what `next` does. */
export async function loadRest<T>(
  next: () => Promise<Step<T>>,
  { most = mostChosen, signal, onLoaded }: Options,
): Promise<readonly T[] | 'stopped' | 'too many'> {
  for (;;) {
    if (signal.aborted) return 'stopped';
    const { items, more } = await next();
    if (signal.aborted) return 'stopped';
    if (items.length > most) return 'too many';
    onLoaded(items.length);
    if (!more) return items;
  }
}
