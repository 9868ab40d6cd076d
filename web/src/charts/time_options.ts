// SPDX-License-Identifier: Apache-2.0
// The time chart as an ECharts option: clicks as an area, uniques and bots as lines, one category
// per bucket. A category axis, not a time axis: the server has already cut the buckets in the
// reader's zone, and days of 23 or 25 hours keep their place. While the last bucket is still filling
// its stretch is dashed.
import type { EChartsCoreOption } from 'echarts/core';
import { count, shortCount } from '../ui/format';
import { axisLabel, fullLabel } from './buckets';
import type { Palette } from '../ui/palette';
import { type Measure, measureNames, type Point, valueOf } from './series';

type Input = {
  points: readonly Point[];
  interval: string;
  tz: string;
  measures: readonly Measure[];
  /** Whether the last bucket is still filling. */
  filling: boolean;
  palette: Palette;
  font: string;
};

function tooltipRow(measure: Measure, value: number | null, colour: string): string {
  const dot = `<span class="tm-tip-dot" style="background:${colour}"></span>`;
  const name = `<span>${dot}${measureNames[measure]}</span>`;
  return `<div class="tm-tip-row">${name}<b>${count(value)}</b></div>`;
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

export function timeOptions(input: Input): EChartsCoreOption {
  const { points, interval, tz, measures, palette, font } = input;
  const text = { color: palette.dimmed, fontSize: 11, fontFamily: font };
  return {
    animationDuration: 250,
    animationDurationUpdate: 250,
    grid: { left: 8, right: 12, top: 14, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: palette.card,
      borderColor: palette.line,
      padding: [8, 12],
      textStyle: { color: palette.text, fontSize: 12.5, fontFamily: font },
      axisPointer: {
        type: 'line',
        lineStyle: { color: palette.dimmed, type: 'solid', opacity: 0.5 },
      },
      formatter: (params: { dataIndex: number }[]) => {
        const index = params[0]?.dataIndex ?? -1;
        const point = points[index];
        if (!point) return '';
        const partial = input.filling && index === points.length - 1 ? ' (so far)' : '';
        const rows = measures.map((m) => tooltipRow(m, valueOf(point, m), palette[m])).join('');
        const when = fullLabel(point.t, interval, tz);
        return `<div class="tm-tip-head">${when}${partial}</div>${rows}`;
      },
    },
    xAxis: {
      type: 'category',
      boundaryGap: points.length === 1,
      data: points.map((point) => axisLabel(point.t, interval, tz)),
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      min: 0,
      splitNumber: 4,
      axisLabel: { ...text, formatter: (value: number) => shortCount(value) },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: measures.flatMap((measure) => lineSeries(input, measure)),
  };
}
