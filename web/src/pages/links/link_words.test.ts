// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { emptyValues, type LinkValues } from './link_values';
import { sectionWords, waysOf, weekdayName } from './link_words';
import { newCondition } from './rule_values';

const values = (change: Partial<LinkValues>): LinkValues => ({
  ...emptyValues,
  destination: 'https://e.com/',
  ...change,
});
const ways = (change: Partial<LinkValues>) => waysOf(values(change), 'en');

describe('waysOf', () => {
  it('one for everyone', () =>
    expect(ways({})).toEqual([{ who: 'Everyone', where: 'https://e.com/' }]));

  it('rules, platforms, variants, in this order', () => {
    const country = { ...newCondition('country'), values: ['DE', 'AT'] };
    const time = { ...newCondition('time'), weekdays: ['2', '1'], tz: 'UTC' };
    const query = { ...newCondition('query'), name: 'vip' };
    expect(
      ways({
        rules: [{ key: 'r', conditions: [country, time, query], destination: 'e.com/de' }],
        ios: { url: 'myapp://x', store_url: 'https://apps.example/1' },
        android: { url: '', store_url: 'https://play.example/1' },
        variants: [
          { key: 'a', name: 'a', weight: 1, destination: 'https://e.com/a' },
          { key: 'b', name: 'b', weight: 3, destination: '' },
        ],
      }),
    ).toEqual([
      {
        who: 'Germany or Austria · Mon, Tue 09:00–17:00 UTC · ?vip',
        where: 'https://e.com/de',
      },
      { who: 'iPhone and iPad', where: 'myapp://x', otherwise: 'https://apps.example/1' },
      { who: 'Android', where: 'https://play.example/1' },
      { who: 'Everyone else: a', where: 'https://e.com/a', part: '25%' },
      { who: 'Everyone else: b', where: '', part: '75%' },
    ]);
  });

  it('shows the tags where they go along', () => {
    const utm = { ...emptyValues.utm, source: 'news' };
    expect(ways({ utm })[0]?.where).toBe('https://e.com/');
    expect(ways({ utm, passthrough: true })[0]?.where).toBe('https://e.com/?utm_source=news');
  });
});

it('weekdayName begins on Monday', () => {
  expect(['1', '7'].map((day) => weekdayName(day, 'en'))).toEqual(['Mon', 'Sun']);
});

it.each<[Parameters<typeof sectionWords>[0], Partial<LinkValues>, string]>([
  ['about', {}, ''],
  ['about', { title: 'Sale', tags: ['a', 'b'] }, 'Sale · a, b'],
  ['password', { password: '' }, 'asked for'],
  [
    'schedule',
    { expires_at: '2027-01-01T10:00', click_limit: 1 },
    'until 2027-01-01 10:00 · 1 click',
  ],
  ['more', { landing: true, status: '301' }, 'landing page · 301'],
])('%s %o', (section, change, words) => expect(sectionWords(section, values(change))).toBe(words));
