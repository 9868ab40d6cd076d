// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import {
  formatList,
  isNarrowed,
  linkSearch,
  linksQuery,
  type ListView,
  parseList,
} from './links_query';

const plain: ListView = { q: '', tag: '', campaign: '', state: '', sort: '-created_at' };

it.each<[string, Partial<ListView>]>([
  ['', {}],
  ['q=summer&sort=title', { q: 'summer', sort: 'title' }],
  ['tag=a%2Cb&campaign=x&state=expired', { tag: 'a,b', campaign: 'x', state: 'expired' }],
])('%j', (text, change) => {
  const view = { ...plain, ...change };
  expect(parseList(new URLSearchParams(text))).toEqual(view);
  expect(formatList(view).toString()).toBe(text);
});

it('reads over what it does not know', () => {
  expect(parseList(new URLSearchParams('sort=colour&state=maybe'))).toEqual(plain);
});

it('asks for no more than the view says', () => {
  expect(linksQuery(plain)).toEqual({ sort: '-created_at' });
  expect(linksQuery({ ...plain, q: 'x', state: 'active' })).toEqual({
    sort: '-created_at',
    search: 'x',
    state: 'active',
  });
  expect(isNarrowed(plain)).toBe(false);
  expect(isNarrowed({ ...plain, sort: 'title' })).toBe(false);
  expect(isNarrowed({ ...plain, tag: 'x' })).toBe(true);
});

it('leaves the view of the statistics beside it', () => {
  const params = new URLSearchParams('range=7d&q=x&country=DE&sort=title');
  const view = { ...parseList(params), q: '', state: 'expired' };
  expect(formatList(view, params).toString()).toBe('range=7d&country=DE&sort=title&state=expired');
});

it.each([
  ['', ''],
  ['q=x&tag=a&campaign=b&state=active&sort=title', ''],
  ['tag=a&range=7d&tz=Asia%2FTokyo&traffic=all', '?range=7d&tz=Asia%2FTokyo&traffic=all'],
  ['from=2026-01-01&to=2026-02-01&os=iOS', '?from=2026-01-01&to=2026-02-01&os=iOS'],
])('with %j a link is opened with %j', (text, search) => {
  expect(linkSearch(new URLSearchParams(text))).toBe(search);
});
