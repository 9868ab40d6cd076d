// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Link } from '../api/types';
import {
  checkValues,
  emptyValues,
  type LinkValues,
  toCreate,
  toPatch,
  valuesOf,
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
    [{ destination: 'a.example', starts_at: '2026-12-01T10:00' }, []],
    [
      { destination: 'a.example', starts_at: '2026-12-01T10:00', expires_at: '2026-12-01T10:01' },
      [],
    ],
    [
      { destination: 'a.example', starts_at: '2026-12-01T10:00', expires_at: '2026-12-01T10:00' },
      ['expires_at'],
    ],
    [{ destination: 'a.example', expires_at: '2026-02-30T10:00' }, ['expires_at']],
    [{ destination: 'a.example', fallback_url: 'b.example/closed' }, []],
    [{ destination: 'a.example', fallback_url: 'nowhere at all' }, ['fallback_url']],
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

describe('the schedule', () => {
  const opens = '2026-12-01T10:00';
  const closes = '2026-12-31T18:30';

  it('is sent as moments in UTC', () => {
    const body = toCreate(
      values({
        destination: 'a.example',
        starts_at: opens,
        expires_at: closes,
        fallback_url: 'b.c',
      }),
    );
    expect(body).toEqual({
      destination: 'https://a.example',
      starts_at: new Date(opens).toISOString(),
      expires_at: new Date(closes).toISOString(),
      fallback_url: 'https://b.c',
    });
  });

  it('sends what changed, null for what was taken away', () => {
    const before = values({ starts_at: opens, expires_at: closes, fallback_url: 'https://b.c' });
    expect(toPatch(before, { ...before, starts_at: '', fallback_url: ' ' })).toEqual({
      starts_at: null,
      fallback_url: null,
    });
    expect(toPatch(before, { ...before, expires_at: '2027-01-01T00:00' })).toEqual({
      expires_at: new Date('2027-01-01T00:00').toISOString(),
    });
  });

  it('keeps seconds that the form does not show', () => {
    const link = {
      ...emptyValues,
      utm: null,
      starts_at: null,
      expires_at: '2026-12-28T13:20:30.500Z',
      fallback_url: null,
    };
    const before = valuesOf(link as unknown as Link);
    expect(before.expires_at).not.toBe('');
    expect(toPatch(before, { ...before })).toBeNull();
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
