// SPDX-License-Identifier: Apache-2.0
// Several series of clicks on one time axis. They are laid together by the start of their buckets:
// over all time a link begins when it has its first click, not when the others have theirs.
import type { EChartsCoreOption } from 'echarts/core';
import type { Timeseries } from '../api/types';
import { count, shortCount } from '../ui/format';
import type { Palette } from '../ui/palette';
import { axisLabel, fullLabel } from './buckets';
import { type Tip, tipElements } from './tip';

export type Line = { name: string; colour: string; points: Timeseries['points'] };

/** All bucket starts, and for each line its clicks there; 0 where it has no bucket. */
export function aligned(lines: readonly Line[]): { starts: string[]; clicks: number[][] } {
  const starts = [...new Set(lines.flatMap(({ points }) => points.map(({ t }) => t)))].sort();
  const clicks = lines.map(({ points }) => {
    const byStart = new Map(points.map((point) => [point.t, point.clicks]));
    return starts.map((start) => byStart.get(start) ?? 0);
  });
  return { starts, clicks };
}

type Input = {
  lines: readonly Line[];
  interval: string;
  tz: string;
  palette: Palette;
  font: string;
};

/** What the tooltip says of one bucket: most clicks first. */
export function compareTip(
  { lines, interval, tz }: Pick<Input, 'lines' | 'interval' | 'tz'>,
  at: number,
): Tip | null {
  const { starts, clicks } = aligned(lines);
  const start = starts[at];
  if (start === undefined) return null;
  const rows = lines
    .map(({ name, colour }, of) => ({ name, colour, clicks: clicks[of]?.[at] ?? 0 }))
    .sort((a, b) => b.clicks - a.clicks)
    .map(({ name, colour, clicks }) => ({ name, value: count(clicks), dot: { colour } }));
  return { head: fullLabel(start, interval, tz), rows };
}

export function compareOptions({ lines, interval, tz, palette, font }: Input): EChartsCoreOption {
  const { starts, clicks } = aligned(lines);
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
      formatter: (params: { dataIndex: number }[]) =>
        tipElements(compareTip({ lines, interval, tz }, params[0]?.dataIndex ?? -1)),
    },
    xAxis: {
      type: 'category',
      boundaryGap: starts.length === 1,
      data: starts.map((start) => axisLabel(start, interval, tz)),
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
    series: lines.map(({ name, colour }, at) => ({
      type: 'line',
      id: String(at),
      name,
      data: clicks[at],
      color: colour,
      showSymbol: starts.length === 1,
      symbol: 'circle',
      symbolSize: 6,
      smooth: 0.15,
      smoothMonotone: 'x',
      lineStyle: { width: 2 },
      emphasis: { focus: 'series' },
    })),
  };
}
