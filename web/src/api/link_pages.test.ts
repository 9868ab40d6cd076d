// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { type LinkPage, patchedPages, withoutLinks } from './link_pages';
import type { Link } from './types';

const link = (id: string, title = '') => ({ id, title }) as Link;
const pages: LinkPage[] = [
  { data: [link('a'), link('b')], next_cursor: '1', total: 3 },
  { data: [link('c')], next_cursor: null, total: null },
];

it('a changed link is replaced, other pages stay the same', () => {
  const after = patchedPages(pages, [link('b', 'new'), link('x', 'new')]);
  expect(after[0]?.data.map(({ title }) => title)).toEqual(['', 'new']);
  expect(after[0]?.next_cursor).toBe('1');
  expect(after[1]).toBe(pages[1]);
});

it('deleted links go', () => {
  const after = withoutLinks(pages, new Set(['a', 'c']));
  expect(after.map((page) => page.data.map(({ id }) => id))).toEqual([['b'], []]);
  expect(after.map(({ total }) => total)).toEqual([1, null]);
  expect(withoutLinks(pages, new Set(['x']))[0]).toBe(pages[0]);
});
