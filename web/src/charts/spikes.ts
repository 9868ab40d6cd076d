// SPDX-License-Identifier: Apache-2.0
// What stands out, laid over the time chart. The server judges hours or days; the chart may be cut
// finer or coarser, so a spike is marked on the bucket that it began in. Spikes right after one
// another are one event, told by its highest bucket.
//
// What takes off is mostly one link, and among many links its rise can be within what all of them
// together usually do. So the largest links are judged on their own too, and a spike says whose it is.
import type { Velocity } from '../api/types';

type Bucket = { t: string };
type Judged = Velocity['points'][number];
export type Spike = {
  t: string;
  clicks: number;
  expected: number | null;
  buckets: number;
  /** Name of the one link that it is of. */
  of?: string;
};
/** One link's own judgement. */
export type Judgement = { name: string; velocity: Velocity };
export type Mark = { spikes: Spike[]; drops: Velocity['drops'] };
/** What there is to tell at points of the chart, by their index. */
export type Marks = ReadonlyMap<number, Mark>;

const stands = ({ state }: Judged) => state === 'spike' || state === 'spike_again';

/** The spikes of a series, runs taken together, in order of time. */
export function spikesOf(points: readonly Judged[]): Spike[] {
  const spikes: Spike[] = [];
  let open = false;
  for (const point of points) {
    const last = spikes.at(-1);
    if (!stands(point)) open = false;
    else if (open && last) {
      last.buckets += 1;
      if (point.clicks > last.clicks) {
        Object.assign(last, { t: point.t, clicks: point.clicks, expected: point.expected });
      }
    } else {
      spikes.push({ t: point.t, clicks: point.clicks, expected: point.expected, buckets: 1 });
      open = true;
    }
  }
  return spikes;
}

/** The last bucket that has begun at `t`; -1 for what is before the chart. */
export function bucketAt(points: readonly Bucket[], t: string): number {
  const at = Date.parse(t);
  return points.findLastIndex((point) => Date.parse(point.t) <= at);
}

export function marksOf(
  points: readonly Bucket[],
  velocity: Velocity | undefined,
  links: readonly Judgement[] = [],
): Marks {
  const marks = new Map<number, Mark>();
  const entry = (t: string) => {
    const index = bucketAt(points, t);
    if (index < 0) return null;
    const found = marks.get(index) ?? { spikes: [], drops: [] };
    marks.set(index, found);
    return found;
  };
  for (const spike of spikesOf(velocity?.points ?? [])) entry(spike.t)?.spikes.push(spike);
  for (const { name, velocity: own } of links) {
    for (const spike of spikesOf(own.points)) entry(spike.t)?.spikes.push({ ...spike, of: name });
  }
  for (const drop of velocity?.drops ?? []) entry(drop.t)?.drops.push(drop);
  return marks;
}

/** How often the server has to judge for a chart of this interval. */
export function judgedBy(interval: string): 'hour' | 'day' {
  return interval === 'day' || interval === 'week' || interval === 'month' ? 'day' : 'hour';
}
