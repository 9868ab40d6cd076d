// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { palettes } from '../ui/palette';
import { aligned, compareTip, type Line } from './compare_options';
import { lineColours } from './line_colours';

const point = (t: string, clicks: number) => ({ t, clicks }) as Line['points'][number];
const lines: Line[] = [
  {
    name: 'A',
    colour: '#000',
    points: [point('2026-11-01T00:00:00Z', 3), point('2026-11-02T00:00:00Z', 4)],
  },
  { name: '<b>', colour: '#111', points: [point('2026-11-02T00:00:00Z', 7)] },
];

test('lines are laid together by the start of their buckets', () => {
  expect(aligned(lines)).toEqual({
    starts: ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'],
    clicks: [
      [3, 4],
      [0, 7],
    ],
  });
});

test('the tooltip of a bucket has most clicks first', () => {
  const at = (index: number) => compareTip({ lines, interval: 'day', tz: 'UTC' }, index);
  expect(at(1)?.rows.map(({ name, value }) => [name, value])).toEqual([
    ['<b>', '7'],
    ['A', '4'],
  ]);
  expect(at(2)).toBeNull();
});

/** Contrast of two colours as WCAG has it. */
function contrast(a: string, b: string): number {
  const light = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [x, y] = [light(a) + 0.05, light(b) + 0.05];
  return Math.max(x, y) / Math.min(x, y);
}

test('every line can be seen on a card', () => {
  for (const scheme of ['light', 'dark'] as const) {
    for (const colour of lineColours[scheme]) {
      expect(contrast(colour, palettes[scheme].card), colour).toBeGreaterThan(3);
    }
  }
});
