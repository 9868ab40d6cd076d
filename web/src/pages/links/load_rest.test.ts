// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { loadRest } from './load_rest';

// A list of `total` items of which each call loads `page` more.
function list(total: number, page: number) {
  const items: number[] = [];
  return async () => {
    for (let i = 0; i < page && items.length < total; ++i) items.push(items.length);
    return Promise.resolve({ items: [...items], more: items.length < total });
  };
}

it.each([
  { total: 5, page: 2, most: 5, loaded: [2, 4, 5], items: 5 },
  { total: 4, page: 2, most: 5, loaded: [2, 4], items: 4 },
  { total: 0, page: 2, most: 5, loaded: [0], items: 0 },
  { total: 6, page: 2, most: 5, loaded: [2, 4], items: 'too many' },
])('$total by $page with $most at most', async ({ total, page, most, loaded, items }) => {
  const seen: number[] = [];
  const rest = await loadRest(list(total, page), {
    most,
    signal: new AbortController().signal,
    onLoaded: (amount) => seen.push(amount),
  });
  expect(seen).toEqual(loaded);
  expect(typeof rest === 'string' ? rest : rest.length).toBe(items);
});

it('stops between two pages', async () => {
  const stop = new AbortController();
  const seen: number[] = [];
  const onLoaded = (amount: number) => (seen.push(amount), amount === 4 && stop.abort());
  expect(await loadRest(list(9, 2), { signal: stop.signal, onLoaded })).toBe('stopped');
  expect(seen).toEqual([2, 4]);
});

it('passes on what a page was refused with', async () => {
  const refused = () => Promise.reject(new Error('no'));
  const { signal } = new AbortController();
  await expect(loadRest(refused, { signal, onLoaded: () => {} })).rejects.toThrow('no');
});
