// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  checkValues,
  emptyValues,
  type LinkValues,
  toCreate,
  toPatch,
  withScheme,
} from './link_values';

const values = (change: Partial<LinkValues>): LinkValues => ({ ...emptyValues, ...change });

it.each([
  ['shop.example/a', 'https://shop.example/a'],
  [' http://x.y ', 'http://x.y'],
  ['myapp://open', 'myapp://open'],
  ['mailto:a@b.c', 'mailto:a@b.c'],
  ['localhost.test:8080/x', 'https://localhost.test:8080/x'],
  ['just words', 'just words'],
  ['', ''],
])('withScheme %s → %s', (typed, url) => expect(withScheme(typed)).toBe(url));

describe('checkValues', () => {
  it.each([
    [{ destination: '' }, ['destination']],
    [{ destination: 'just words' }, ['destination']],
    [{ destination: 'a.example', prefix: 'summer sale' }, ['prefix']],
    [{ destination: 'a.example', prefix: 'x'.repeat(65) }, ['prefix']],
    [{ destination: 'a.example', token: 'sale' }, ['token']],
    [{ destination: 'a.example', prefix: 'promo', token: 'a/b' }, ['token']],
    [{ destination: 'a.example', prefix: 'promo', token: ':token' }, []],
    [{ destination: 'https://a.example/?q=1' }, []],
  ])('%o is refused at %o', (change, fields) => {
    expect(Object.keys(checkValues(values(change)))).toEqual(fields);
  });
});

describe('toCreate', () => {
  it('needs only a destination', () => {
    expect(toCreate(values({ destination: 'a.example' }))).toEqual({
      destination: 'https://a.example',
    });
  });

  it('sends what was filled in, trimmed', () => {
    const utm = { ...emptyValues.utm, source: ' news ' };
    const body = toCreate(
      values({
        destination: 'https://a.example',
        prefix: ' promo ',
        tags: ['x'],
        title: '  ',
        utm,
      }),
    );
    expect(body).toEqual({
      destination: 'https://a.example',
      prefix: 'promo',
      tags: ['x'],
      utm: { source: 'news' },
    });
  });
});

describe('toPatch', () => {
  const before = values({ destination: 'https://a.example', title: 'Old', tags: ['x'] });

  it('is null when nothing changed', () => {
    expect(toPatch(before, { ...before, title: 'Old ' })).toBeNull();
  });

  it('names what was emptied as null and leaves the rest alone', () => {
    const utm = { ...emptyValues.utm, term: 'shoes' };
    expect(toPatch(before, { ...before, title: '', tags: [], utm })).toEqual({
      title: null,
      tags: [],
      utm: { term: 'shoes' },
    });
  });
});
