// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  addDays,
  checkPicked,
  dayCount,
  dayIn,
  daysLabel,
  daysOf,
  haveSameDays,
  isDay,
  isZone,
  namedDays,
} from './days';

it.each([
  ['2026-11-22', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['1969-12-31', false],
  ['2026-11-22T10:00', false],
  ['26-11-22', false],
  ['', false],
  [null, false],
])('isDay %s → %s', (text, known) => expect(isDay(text)).toBe(known));

it.each([
  ['2026-11-30', 1, '2026-12-01'],
  ['2026-03-30', -2, '2026-03-28'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-01-01', -1, '2025-12-31'],
])('addDays %s %i → %s', (day, days, out) => expect(addDays(day, days)).toBe(out));

it.each([
  ['Pacific/Auckland', '2026-11-23'],
  ['UTC', '2026-11-22'],
  ['America/Los_Angeles', '2026-11-22'],
  ['Asia/Kathmandu', '2026-11-23'],
])('the day in %s is %s', (tz, day) =>
  expect(dayIn(tz, new Date('2026-11-22T18:30:00Z'))).toBe(day),
);

describe('picked days', () => {
  it('become a half-open range that holds the last day', () => {
    const days = daysOf({ first: '2026-10-20', last: '2026-10-31' });
    expect(days).toEqual({ from: '2026-10-20', to: '2026-11-01' });
    expect(dayCount(days)).toBe(12);
    expect(daysLabel(days, 'en-GB')).toMatch(/^20\s?–\s?31 Oct 2026$/);
  });

  it('may be the same day', () => {
    const days = daysOf({ first: '2026-11-22', last: '2026-11-22' });
    expect(dayCount(days)).toBe(1);
    expect(daysLabel(days, 'en-GB')).toBe('22 Nov 2026');
  });

  it.each([
    ['2026-11-01', '2026-11-22', []],
    ['2026-11-22', '2026-11-22', []],
    ['2026-11-10', '2026-11-09', ['last']],
    ['2026-11-10', '2026-11-23', ['last']],
    ['2026-11-23', '2026-11-24', ['first', 'last']],
    ['', '2026-11-22', ['first']],
    ['2026-11-10', '', ['last']],
    ['', '', ['first', 'last']],
  ])('%s to %s is refused at %o', (first, last, fields) => {
    expect(Object.keys(checkPicked({ first, last }, '2026-11-22'))).toEqual(fields);
  });
});

it.each([
  ['UTC', true],
  ['Asia/Kathmandu', true],
  ['Mars/Olympus', false],
  ['', false],
  [null, false],
])('isZone %s → %s', (text, known) => expect(isZone(text)).toBe(known));

it.each<[string, [string, string][]]>([
  [
    '2026-11-29', // a Sunday
    [
      ['2026-11-29', '2026-11-30'],
      ['2026-11-28', '2026-11-29'],
      ['2026-11-23', '2026-11-30'],
      ['2026-11-16', '2026-11-23'],
      ['2026-11-01', '2026-11-30'],
      ['2026-10-01', '2026-11-01'],
    ],
  ],
  [
    '2027-01-01', // a Friday
    [
      ['2027-01-01', '2027-01-02'],
      ['2026-12-31', '2027-01-01'],
      ['2026-12-28', '2027-01-02'],
      ['2026-12-21', '2026-12-28'],
      ['2027-01-01', '2027-01-02'],
      ['2026-12-01', '2027-01-01'],
    ],
  ],
])('on %s days have names', (today, expected) => {
  expect(namedDays(today).map(({ days }) => [days.from, days.to])).toEqual(expected);
});

describe('haveSameDays', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  it.each([
    ['UTC', 'UTC', true],
    ['Asia/Katmandu', 'Asia/Kathmandu', true],
    ['Asia/Calcutta', 'Asia/Kolkata', true],
    ['Europe/Berlin', 'Europe/Paris', true],
    ['Europe/Berlin', 'Europe/London', false],
    ['Europe/London', 'UTC', false], // but in winter
    ['Asia/Kolkata', 'Asia/Kathmandu', false],
    ['America/Denver', 'America/Phoenix', false], // one has summer time
    ['Asia/Jerusalem', 'Europe/Athens', false], // their summers begin two days apart
    ['Asia/Kathmandu', 'Nowhere/Here', false], // the server may know zones that a browser does not
  ])('%s and %s: %s', (one, other, expected) => {
    expect(haveSameDays(one, other, now)).toBe(expected);
  });
});
