// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { formatList, isNarrowed, linksQuery, type ListView, parseList } from './links_query';

const plain: ListView = { q: '', tag: '', campaign: '', enabled: '', sort: '-created_at' };

it.each<[string, Partial<ListView>]>([
  ['', {}],
  ['q=summer&sort=title', { q: 'summer', sort: 'title' }],
  ['tag=a%2Cb&campaign=x&enabled=false', { tag: 'a,b', campaign: 'x', enabled: 'false' }],
])('%j', (text, change) => {
  const view = { ...plain, ...change };
  expect(parseList(new URLSearchParams(text))).toEqual(view);
  expect(formatList(view).toString()).toBe(text);
});

it('reads over what it does not know', () => {
  expect(parseList(new URLSearchParams('sort=colour&enabled=maybe'))).toEqual(plain);
});

it('asks for no more than the view says', () => {
  expect(linksQuery(plain)).toEqual({ sort: '-created_at' });
  expect(linksQuery({ ...plain, q: 'x', enabled: 'true' })).toEqual({
    sort: '-created_at',
    search: 'x',
    enabled: 'true',
  });
  expect(isNarrowed(plain)).toBe(false);
  expect(isNarrowed({ ...plain, sort: 'title' })).toBe(false);
  expect(isNarrowed({ ...plain, tag: 'x' })).toBe(true);
});
