// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { tagsAfter, wordsOf, wordsOfPages } from './link_tags';

it.each([
  [['a', 'b'], ['c'], [], ['a', 'b', 'c']],
  [['a', 'b'], ['b'], [], null],
  [['a', 'b'], [], ['a'], ['b']],
  [['a', 'b'], [], ['c'], null],
  [['a', 'b'], ['a'], ['a'], ['b', 'a']],
  [[], ['x'], ['y'], ['x']],
])('%o, add %o, take %o', (tags, add, take, after) =>
  expect(tagsAfter(tags, add, take)).toEqual(after),
);

it('wordsOf', () => expect(wordsOf([['b', 'a'], [], ['a', 'ä']])).toEqual(['a', 'ä', 'b']));

it('wordsOfPages', () => {
  const page = (...links: [string[], string | null][]) => ({
    data: links.map(([tags, campaign]) => ({ tags, campaign })),
  });
  const pages = [page([['b'], 'x'], [['a'], null]), page([['b', 'c'], 'w'])];
  const words = { tags: ['a', 'b', 'c'], campaigns: ['w', 'x'] };
  expect(wordsOfPages(pages)).toEqual(words);
  expect(wordsOfPages([...pages, page()])).toEqual(words);
});
