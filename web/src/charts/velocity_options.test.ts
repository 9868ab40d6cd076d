// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import type { Velocity } from '../api/types';
import { palettes } from '../ui/palette';
import { bandText, chanceText, velocityOptions, whatIsOver } from './velocity_options';

it.each([
  [0.4, 'ordinary', ''],
  [0.05, 'ordinary', ''],
  [0.01, 'ordinary', 'So many by chance: about 1 in 100'],
  [0.00001, 'spike', 'So many by chance: about 1 in 100,000'],
  [0, 'spike', 'So many by chance: less than 1 in a million'],
  [null, 'learning', 'The baseline is still being learnt'],
  [null, 'ordinary', ''],
] as const)('a chance of %s (%s) is told as %j', (p, state, text) =>
  expect(chanceText({ p, state })).toBe(text),
);

it.each([
  ['hour', '2026-11-22T10:59:59Z', 1],
  ['hour', '2026-11-22T11:00:00Z', 2],
  ['day', '2026-11-22T11:00:00Z', 1],
] as const)('by the %s at %s %d buckets are over', (interval, as_of, over) => {
  const points = ['2026-11-22T09:00:00Z', '2026-11-22T10:00:00Z'].map((t) => ({ t }));
  expect(whatIsOver({ interval, as_of, points } as Velocity).points).toHaveLength(over);
});

it('a spike is told while it goes on', () => {
  const points = [{ t: '2026-11-22T10:00:00Z', state: 'spike' }];
  const now = { interval: 'hour', as_of: '2026-11-22T10:05:00Z', points } as Velocity;
  expect(whatIsOver(now)).toBe(now);
});

it('the band lies upon its lower end, and is not there while the baseline is learnt', () => {
  const points = [
    { t: '2026-11-22T09:00:00Z', clicks: 3, expected: null, low: null, high: null },
    { t: '2026-11-22T10:00:00Z', clicks: 3, expected: 1200, low: 950, high: 1480 },
  ] as Velocity['points'];
  const data = { interval: 'hour', tz: 'UTC', points } as Velocity;
  const { series } = velocityOptions(data, new Map(), palettes.light, 'serif');
  const found = (series as { id: string; data: unknown }[]).filter(({ id }) => id !== 'clicks');
  expect(found.slice(0, 2)).toMatchObject([
    { id: 'low', stack: 'band', data: [null, 950] },
    { id: 'band', stack: 'band', data: [null, 530] },
  ]);
  expect(points.map(bandText)).toEqual(['', '950 to 1,480']);
});
