// SPDX-License-Identifier: Apache-2.0
// The time chart as an ECharts option: clicks as an area, uniques and bots as lines, one category
// per bucket. A category axis, not a time axis: the server has already cut the buckets in the
// reader's zone, and days of 23 or 25 hours keep their place. While the last bucket is still filling
// its stretch is dashed. The period before is a quiet line behind; what stands out is a dot above.
import type { EChartsCoreOption } from 'echarts/core';
import { count, shortCount } from '../ui/format';
import { axisLabel, fullLabel } from './buckets';
import { chartFrame, chartTooltip } from './frame';
import { markText } from './mark_text';
import type { Palette } from '../ui/palette';
import { type Drawn, type Measure, measureNames, type Point, valueOf } from './series';
import type { Marks } from './spikes';
import type { Tip, TipRow } from './tip';

type Input = {
  points: readonly Point[];
  interval: string;
  tz: string;
  measures: readonly Measure[];
  /** Whether the last bucket is still filling. */
  filling: boolean;
  /** Clicks of the period before, for each point; without it no line. */
  before?: readonly (number | null)[];
  marks?: Marks;
  palette: Palette;
  font: string;
};

function tipRow(measure: Drawn, value: number | null): TipRow {
  return { name: measureNames[measure], value: count(value), dot: { measure } };
}

function lineSeries(input: Input, measure: Measure) {
  const colour = input.palette[measure];
  const values = input.points.map((point) => valueOf(point, measure));
  const filling = input.filling && values.length > 2;
  const base = {
    type: 'line',
    showSymbol: values.length === 1,
    symbol: 'circle',
    symbolSize: 6,
    smooth: 0.15,
    smoothMonotone: 'x',
    color: colour,
    z: measure === 'clicks' ? 3 : 2,
    emphasis: { disabled: true },
  };
  const area = measure === 'clicks' ? { areaStyle: { color: colour, opacity: 0.12 } } : {};
  const solid = {
    ...base,
    ...area,
    id: measure,
    name: measure,
    data: filling ? values.slice(0, -1) : values,
    lineStyle: { width: measure === 'clicks' ? 2.2 : 1.6 },
  };
  if (!filling) return [solid];
  const tail = values.map((value, at) => (at < values.length - 2 ? null : value));
  const dashed = {
    ...base,
    ...area,
    id: `${measure}-now`,
    name: `${measure}-now`,
    data: tail,
    lineStyle: { width: measure === 'clicks' ? 2.2 : 1.6, type: [3, 4] },
  };
  return [solid, dashed];
}

function beforeSeries(before: readonly (number | null)[], palette: Palette) {
  return {
    type: 'line',
    id: 'before',
    name: 'before',
    data: before,
    showSymbol: before.length === 1,
    symbolSize: 5,
    smooth: 0.15,
    smoothMonotone: 'x',
    color: palette.dimmed,
    lineStyle: { width: 1.3, opacity: 0.65 },
    z: 1,
    emphasis: { disabled: true },
  };
}

function markSeries({ points, palette, marks }: Input) {
  if (!marks || marks.size === 0) return [];
  return [
    {
      type: 'scatter',
      id: 'marks',
      name: 'marks',
      data: [...marks.keys()].map((at) => [at, points[at]?.clicks ?? 0]),
      symbol: 'circle',
      symbolSize: 11,
      itemStyle: { color: palette.card, borderColor: palette.bots, borderWidth: 2.5 },
      z: 5,
    },
  ];
}

function tip(input: Input, index: number): Tip | null {
  const { points, interval, tz, measures, before, marks } = input;
  const point = points[index];
  if (!point) return null;
  const partial = input.filling && index === points.length - 1 ? ' (so far)' : '';
  const rows = measures.map((measure) => tipRow(measure, valueOf(point, measure)));
  const past = before?.[index];
  if (past != null) rows.push(tipRow('before', past));
  const head = fullLabel(point.t, interval, tz) + partial;
  return { head, rows, notes: markText(marks?.get(index)) };
}

export function timeOptions(input: Input): EChartsCoreOption {
  const { points, interval, tz, measures, before, palette, font } = input;
  return {
    ...chartFrame(palette, font, {
      labels: points.map((point) => axisLabel(point.t, interval, tz)),
      number: shortCount,
    }),
    tooltip: chartTooltip(palette, font, (index) => tip(input, index)),
    series: [
      ...(before?.some((value) => value !== null) ? [beforeSeries(before, palette)] : []),
      ...measures.flatMap((measure) => lineSeries(input, measure)),
      ...markSeries(input),
    ],
  };
}
