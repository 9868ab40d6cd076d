// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { axisLabel, fullLabel, intervalWord } from './buckets';

it.each([
  ['2026-03-28T23:00:00.000Z', 'day', 'Europe/Berlin', '29 Mar'],
  ['2026-03-29T01:00:00+01:00', 'hour', 'Europe/Berlin', '01:00'],
  ['2026-01-01T05:15:00Z', '15m', 'Asia/Kathmandu', '11:00'],
  ['2026-01-31T23:00:00Z', 'month', 'Europe/Berlin', 'Feb 26'],
  ['soon', 'day', 'UTC', 'soon'],
])('%s by %s in %s is %s on the axis', (start, interval, tz, label) => {
  expect(axisLabel(start, interval, tz, 'en-GB')).toBe(label);
});

it('is written out in the tooltip', () => {
  expect(fullLabel('2026-03-30T00:00:00Z', 'week', 'UTC', 'en-GB')).toBe('Week of 30 March 2026');
  expect(fullLabel('2026-03-30T00:00:00Z', 'day', 'UTC', 'en-GB')).toMatch(
    /Monday,? 30 March 2026/,
  );
});

it('knows every interval by a word', () => {
  expect(['minute', '15m', 'hour', 'day', 'week', 'month', 'odd'].map(intervalWord)).toEqual([
    'minute',
    '15 minutes',
    'hour',
    'day',
    'week',
    'month',
    'odd',
  ]);
});
