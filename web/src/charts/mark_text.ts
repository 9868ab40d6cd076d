// SPDX-License-Identifier: Apache-2.0
// Spikes and drops in words, for tooltips, tables and the list below a chart. Platforms come by
// name from a fixed list and numbers are formatted, but the name of a link is anybody's text: a
// tooltip, which is HTML, takes the words from `markNotes`.
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

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** What there is to tell at a point, as lines of a tooltip. */
export function markNotes(mark: Mark | undefined): string {
  return markText(mark)
    .map((text) => `<div class="tm-tip-note">${escaped(text)}</div>`)
    .join('');
}
