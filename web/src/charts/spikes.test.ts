// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Velocity } from '../api/types';
import { markText } from './mark_text';
import { bucketAt, judgedBy, marksOf, spikesOf } from './spikes';

const hour = (n: number) => `2026-11-11T${String(n).padStart(2, '0')}:00:00+01:00`;
const judged = (states: [number, string][]) =>
  states.map(([clicks, state], at) => ({ t: hour(at), clicks, expected: 2, p: 0, state }));
const velocity = (states: [number, string][], drops: Velocity['drops'] = []) =>
  ({ points: judged(states), drops }) as unknown as Velocity;
const points = (times: string[]) => times.map((t) => ({ t }));

describe('spikes', () => {
  it('of one run are one, told by the highest', () => {
    const { points: all } = velocity([
      [2, 'ordinary'],
      [30, 'spike'],
      [50, 'spike_again'],
      [40, 'spike'],
      [3, 'ordinary'],
      [25, 'spike'],
    ]);
    expect(spikesOf(all)).toEqual([
      { t: hour(2), clicks: 50, expected: 2, buckets: 3 },
      { t: hour(5), clicks: 25, expected: 2, buckets: 1 },
    ]);
  });

  it('are none in quiet and while learning', () => {
    expect(
      spikesOf(
        velocity([
          [90, 'learning'],
          [5, 'ordinary'],
        ]).points,
      ),
    ).toEqual([]);
  });
});

it('a moment belongs to the last bucket that has begun', () => {
  const days = points(['2026-11-10T00:00:00+01:00', '2026-11-11T00:00:00+01:00']);
  expect(bucketAt(days, hour(13))).toBe(1);
  expect(bucketAt(days, '2026-11-11T00:00:00+01:00')).toBe(1);
  expect(bucketAt(days, '2026-11-10T22:59:59Z')).toBe(0);
  expect(bucketAt(days, '2026-11-09T00:00:00Z')).toBe(-1);
});

it('marks carry spikes and drops of a bucket together', () => {
  const drop = { t: hour(1), platform: 'android', clicks: 0, expected: 30, p: 0 };
  const early = { ...drop, t: '2026-11-01T00:00:00Z' };
  const marks = marksOf(
    points([hour(0), hour(1)]),
    velocity(
      [
        [2, 'ordinary'],
        [30, 'spike'],
      ],
      [drop, early],
    ),
  );
  expect([...marks.keys()]).toEqual([1]);
  expect(marks.get(1)).toMatchObject({
    spikes: [{ clicks: 30 }],
    drops: [{ platform: 'android' }],
  });
  expect(marksOf(points([hour(0)]), undefined).size).toBe(0);
});

it.each([
  ['15m', 'hour'],
  ['hour', 'hour'],
  ['day', 'day'],
  ['month', 'day'],
])('a chart by %s is judged by the %s', (interval, by) => expect(judgedBy(interval)).toBe(by));

it('a link that takes off among many is told by its name', () => {
  const all = velocity([
    [40, 'ordinary'],
    [60, 'ordinary'],
  ]);
  const own = velocity([
    [2, 'ordinary'],
    [30, 'spike'],
  ]);
  const marks = marksOf(all.points, all, [{ name: '<b>', velocity: own }]);
  expect([...marks.keys()]).toEqual([1]);
  expect(markText(marks.get(1))).toEqual(['Spike of “<b>”: 30 clicks, where 2 were likely']);
});
