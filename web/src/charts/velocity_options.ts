// SPDX-License-Identifier: Apache-2.0
// Clicks against what the baseline makes likely. The baseline's band is the quiet ground, a thin
// line its middle; where the clicks leave it is what there is to see. What the server calls a spike
// or a drop has a dot, nothing else: one bucket of fifty leaves the band by chance.
import type { EChartsCoreOption } from 'echarts/core';
import type { Velocity } from '../api/types';
import { count, rate, shortCount } from '../ui/format';
import type { Palette } from '../ui/palette';
import { axisLabel, fullLabel } from './buckets';
import { chartFrame, chartTooltip } from './frame';
import { markText } from './mark_text';
import type { Marks } from './spikes';
import type { Tip } from './tip';

type Point = Velocity['points'][number];

const line = { type: 'line', showSymbol: false, emphasis: { disabled: true } };

/** The velocity without a last bucket that still fills up: it is no fall, unless it is a spike now. */
export function whatIsOver(data: Velocity): Velocity {
  const last = data.points.at(-1);
  const length = data.interval === 'hour' ? 3_600_000 : 86_400_000;
  const filling = last && Date.parse(last.t) + length > Date.parse(data.as_of);
  const spike = last?.state === 'spike' || last?.state === 'spike_again';
  return filling && !spike ? { ...data, points: data.points.slice(0, -1) } : data;
}

/** How unlikely so many clicks are, in words; '' for what is ordinary. */
export function chanceText({ p, state }: Pick<Point, 'p' | 'state'>): string {
  if (state === 'learning') return 'The baseline is still being learnt';
  if (p === null || p >= 0.05) return '';
  const one = Math.round(1 / Math.max(p, 1e-9));
  return p < 1e-6
    ? 'So many by chance: less than 1 in a million'
    : `So many by chance: about 1 in ${count(one)}`;
}

/** The ends of the band in words; '' while there is none. */
export function bandText({ low, high }: Pick<Point, 'low' | 'high'>): string {
  return low === null || high === null ? '' : `${count(low)} to ${count(high)}`;
}

function tip(data: Velocity, marks: Marks, index: number): Tip | null {
  const point = data.points[index];
  if (!point) return null;
  const band = bandText(point);
  return {
    head: fullLabel(point.t, data.interval, data.tz),
    rows: [
      { name: 'Clicks', value: count(point.clicks), dot: { measure: 'clicks' } },
      { name: 'Likely', value: rate(point.expected), dot: { measure: 'expected' } },
      ...(band ? [{ name: 'Its 98 % band', value: band, dot: { measure: 'band' } }] : []),
    ],
    notes: [chanceText(point), ...markText(marks.get(index))].filter(Boolean),
  };
}

/** The band as ECharts draws one: its width, stacked upon an unseen line along its lower end. */
function bandSeries(points: readonly Point[], colour: string) {
  const width = ({ low, high }: Point) => (low === null || high === null ? null : high - low);
  const unseen = { ...line, stack: 'band', silent: true, lineStyle: { opacity: 0 }, z: 1 };
  return [
    { ...unseen, id: 'low', data: points.map(({ low }) => low) },
    { ...unseen, id: 'band', data: points.map(width), areaStyle: { color: colour, opacity: 0.18 } },
  ];
}

export function velocityOptions(
  data: Velocity,
  marks: Marks,
  palette: Palette,
  font: string,
): EChartsCoreOption {
  // Hours of a day or two are told apart by the clock, those of weeks by their day.
  const unit = data.interval === 'hour' && data.points.length <= 48 ? 'hour' : 'day';
  return {
    ...chartFrame(palette, font, {
      labels: data.points.map((point) => axisLabel(point.t, unit, data.tz)),
      number: shortCount,
    }),
    tooltip: chartTooltip(palette, font, (index) => tip(data, marks, index)),
    series: [
      ...bandSeries(data.points, palette.dimmed),
      {
        ...line,
        id: 'expected',
        data: data.points.map((point) => point.expected),
        color: palette.dimmed,
        lineStyle: { width: 1, opacity: 0.7 },
        z: 2,
      },
      {
        ...line,
        id: 'clicks',
        data: data.points.map((point) => point.clicks),
        color: palette.clicks,
        lineStyle: { width: data.points.length > 100 ? 1.3 : 2 },
        z: 3,
      },
      {
        type: 'scatter',
        id: 'marks',
        data: [...marks.keys()].map((at) => [at, data.points[at]?.clicks ?? 0]),
        symbol: 'circle',
        symbolSize: 10,
        itemStyle: { color: palette.card, borderColor: palette.bots, borderWidth: 2.5 },
        z: 5,
      },
    ],
  };
}
