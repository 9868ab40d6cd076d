// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Link } from '../../api/types';
import { toCreate, toPatch } from './link_body';
import { checkValues, withScheme } from './link_checks';
import { emptyValues, keptPassword, type LinkValues, valuesOf } from './link_values';
import { newCondition } from './rule_values';

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

/** A link with everything set. */
const whole = {
  destination: 'https://a.example/{token}',
  domain: 'b.example',
  prefix: 'p',
  token: ':token',
  title: 'T',
  tags: ['x', 'y'],
  campaign: 'c',
  channel: 'email',
  utm: { source: 's', medium: 'm', campaign: null, content: null, term: null },
  ios: { url: 'myapp://x', store_url: 'https://apps.example/1' },
  android: { url: null, store_url: 'market://details?id=1' },
  rules: [
    {
      if: {
        country: ['DE'],
        time: { weekdays: [1, 2], from: '09:00', to: '17:00', tz: 'UTC' },
        query: { name: 'vip' },
      },
      destination: 'https://a.example/de',
    },
  ],
  variants: [{ name: 'a', weight: 2, destination: 'https://a.example/a' }],
  og: { title: 'O', description: null, image_url: 'https://a.example/i.png' },
  fallback_url: 'https://a.example/closed',
  password: keptPassword,
  click_limit: 5,
  status: 307,
  passthrough: true,
  append_click_id: true,
  landing: true,
  privacy: 'do_not_record',
  starts_at: null,
  expires_at: null,
} as unknown as Link;

describe('a link with everything set', () => {
  const before = valuesOf(whole);

  it('is unchanged when nothing was changed', () =>
    expect(toPatch(before, valuesOf(whole))).toBeNull());

  it('is made anew with all of it', () => {
    const { starts_at: _a, expires_at: _b, utm, android, og, ...same } = whole;
    expect(toCreate(before)).toEqual({
      ...same,
      utm: { source: 's', medium: 'm' },
      android: { store_url: 'market://details?id=1' },
      og: { title: 'O', image_url: 'https://a.example/i.png' },
    });
  });

  it('sends one changed rule as the whole list, and nothing else', () => {
    const language = { ...newCondition('language'), values: ['de'] };
    const rules = before.rules.map((rule) => ({ ...rule, conditions: [language] }));
    expect(toPatch(before, { ...before, rules })).toEqual({
      rules: [{ if: { language: ['de'] }, destination: 'https://a.example/de' }],
    });
  });

  it('takes away with null, and lists with an empty one', () => {
    expect(
      toPatch(before, {
        ...before,
        domain: '',
        ios: { url: '', store_url: before.ios.store_url },
        variants: [],
        click_limit: '',
        password: null,
        privacy: 'standard',
      }),
    ).toEqual({
      domain: null,
      ios: { url: null },
      variants: [],
      click_limit: null,
      password: null,
      privacy: 'standard',
    });
  });

  it('sends a new password', () => {
    expect(toPatch(before, { ...before, password: 'fern' })).toEqual({ password: 'fern' });
  });
});

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
    [{ destination: 'a.example', password: '' }, ['password']],
    [{ destination: 'a.example', click_limit: 0 }, ['click_limit']],
    [
      { destination: 'a.example', ios: { url: 'myapp://x', store_url: 'no app' } },
      ['ios.store_url'],
    ],
    [
      { destination: 'a.example', rules: [{ key: 'r', conditions: [], destination: '' }] },
      ['rules.0.destination', 'rules.0.conditions'],
    ],
    [
      {
        destination: 'a.example',
        rules: [
          {
            key: 'r',
            conditions: [newCondition('country'), newCondition('query')],
            destination: 'a.example',
          },
        ],
      },
      ['rules.0.conditions.0.values', 'rules.0.conditions.1.name'],
    ],
    [
      {
        destination: 'a.example',
        variants: [
          { key: 'a', name: 'a', weight: 1, destination: 'a.example' },
          { key: 'b', name: ' a', weight: '' as const, destination: 'b.example' },
        ],
      },
      ['variants.1.name', 'variants.1.weight'],
    ],
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
    const before = valuesOf({ ...whole, expires_at: '2026-12-28T13:20:30.500Z' });
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
