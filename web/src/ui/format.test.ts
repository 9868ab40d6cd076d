// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { ago, bareUrl, change, count, percent, rate, share, shortCount, time } from './format';

it.each([
  [0, '0'],
  [1234567, '1,234,567'],
  [null, '–'],
  [undefined, '–'],
])('count %s → %s', (value, text) => expect(count(value, 'en')).toBe(text));

it.each([
  [950, '950'],
  [1250, '1.3K'],
  [1_234_567, '1.2M'],
])('shortCount %s → %s', (value, text) => expect(shortCount(value, 'en')).toBe(text));

it.each([
  [0, '0%'],
  [0.0001, '<0.1%'],
  [0.1234, '12.3%'],
  [1, '100%'],
  [null, '–'],
  [Number.NaN, '–'],
])('share %s → %s', (value, text) => expect(share(value, 'en')).toBe(text));

it.each([
  [0.12345, '0.123'],
  [60.83, '60.8'],
  [1234.5, '1,235'],
  [0, '0'],
  [null, '–'],
])('rate %s → %s', (value, text) => expect(rate(value, 'en')).toBe(text));

it.each([
  [4.4324, '4.43%'],
  [0, '0%'],
  [null, '–'],
])('percent %s → %s', (value, text) => expect(percent(value, 'en')).toBe(text));

it.each([
  [0.25, '+25%'],
  [-0.031, '−3.1%'],
  [0, '0%'],
  [12.5, '+1,250%'],
  [null, null],
  [Number.POSITIVE_INFINITY, null],
])('change %s → %s', (value, text) => expect(change(value, 'en')).toBe(text));

it('time is written in the zone asked for', () => {
  const iso = '2026-03-29T00:30:00.000Z';
  expect(time(iso, 'minute', 'Europe/Berlin', 'en-GB')).toBe('01:30');
  expect(time(iso, 'day', 'America/New_York', 'en-GB')).toBe('28 Mar 2026');
  expect(time('2026-03-29T01:00:00Z', 'minute', 'Europe/Berlin', 'en-GB')).toBe('03:00');
  expect(time('nonsense', 'minute', 'UTC', 'en-GB')).toBe('–');
  expect(time(null, 'minute', 'UTC', 'en-GB')).toBe('–');
});

it.each([
  ['2026-01-02T00:00:00Z', 'now'],
  ['2026-01-02T00:00:05Z', 'now'],
  ['2026-01-01T23:59:30Z', '30 seconds ago'],
  ['2026-01-01T23:00:00Z', '1 hour ago'],
  ['2025-12-30T00:00:00Z', '3 days ago'],
])('ago %s → %s', (iso, text) => {
  expect(ago(iso, new Date('2026-01-02T00:00:00Z'), 'en')).toBe(text);
});

it('bareUrl drops scheme and trailing slash only', () => {
  expect(bareUrl('https://go.example/promo/')).toBe('go.example/promo');
  expect(bareUrl('http://x.y:8080/a?b=/')).toBe('x.y:8080/a?b=');
});
