// SPDX-License-Identifier: Apache-2.0
// Spikes and drops in words, for tooltips, tables and the list below a chart.
import { valueName } from '../ui/dimension_names';
import { count } from '../ui/format';
import type { Mark, Spike } from './spikes';

function likely(expected: number | null): string {
  if (expected === null) return '';
  if (expected < 1) return ', where next to none were likely';
  return `, where ${count(Math.round(expected))} were likely`;
}

export function spikeText(spike: Spike): string {
  const long = spike.buckets > 1 ? `, the highest of ${spike.buckets} in a row` : '';
  const whose = spike.of === undefined ? '' : ` of “${spike.of}”`;
  return `Spike${whose}: ${count(spike.clicks)} clicks${likely(spike.expected)}${long}`;
}

export function markText(mark: Mark | undefined): string[] {
  if (!mark) return [];
  const drops = mark.drops.map(
    ({ platform, clicks, expected }) =>
      `Drop: ${count(clicks)} clicks on ${valueName('platform', platform)}${likely(expected)}`,
  );
  return [...mark.spikes.map(spikeText), ...drops];
}
