// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { previousQuery } from './previous';
import type { StatsQuery, Summary, Timeseries } from './types';

const query = { range: '24h', tz: 'Europe/Berlin', country: 'DE' } as StatsQuery;
const summary = (from: string, before: string | null) =>
  ({ from, previous: before === null ? null : { from: before } }) as Summary;
const series = (t: string | null) => ({ points: t === null ? [] : [{ t }] }) as Timeseries;

it('keeps filters and zone, and ends where this period begins', () => {
  const now = summary('2026-10-31T00:00:00.000Z', '2026-10-01T00:00:00.000Z');
  expect(previousQuery(query, now, series('2026-10-31T00:00:00Z'))).toEqual({
    tz: 'Europe/Berlin',
    country: 'DE',
    from: '2026-10-01T00:00:00.000Z',
    to: '2026-10-31T00:00:00.000Z',
  });
});

it('is the same question until a bucket begins, though a rolling range moves on', () => {
  const hour = series('2026-11-28T20:00:00+01:00');
  const asked = [
    summary('2026-11-28T19:41:32.954Z', '2026-11-27T19:41:32.954Z'),
    summary('2026-11-28T19:41:37.002Z', '2026-11-27T19:41:37.002Z'),
  ].map((now) => previousQuery(query, now, hour));
  expect(asked[0]).toMatchObject({
    from: '2026-11-27T19:00:00.000Z',
    to: '2026-11-28T19:00:00.000Z',
  });
  expect(asked[1]).toEqual(asked[0]);
});

it('is none for all time, without buckets, and before there is an answer', () => {
  const now = summary('2026-10-31T00:00:00Z', '2026-10-01T00:00:00Z');
  expect(
    previousQuery(query, summary('2026-10-31T00:00:00Z', null), series('2026-10-31')),
  ).toBeNull();
  expect(previousQuery(query, now, series(null))).toBeNull();
  expect(previousQuery(query, undefined, series('2026-10-31'))).toBeNull();
  expect(previousQuery(query, now, undefined)).toBeNull();
});
