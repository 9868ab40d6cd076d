// SPDX-License-Identifier: Apache-2.0
// What all charts over time share: axes without noise, and a tooltip that looks like the rest.
import type { Palette } from '../ui/palette';
import { type Tip, tipElements } from './tip';

type Axes = { labels: readonly string[]; number: (value: number) => string };

/** Labels that repeat, such as the day of each hour, are written where they begin. */
function labelInterval(labels: readonly string[]): 'auto' | ((index: number) => boolean) {
  const begins = (index: number) => labels[index] !== labels[index - 1];
  return labels.every((_, index) => begins(index)) ? 'auto' : begins;
}

export function chartFrame(palette: Palette, font: string, { labels, number }: Axes) {
  const text = { color: palette.dimmed, fontSize: 11, fontFamily: font };
  return {
    animationDuration: 250,
    animationDurationUpdate: 250,
    grid: { left: 8, right: 12, top: 14, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      boundaryGap: labels.length === 1,
      data: labels,
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true, margin: 10, interval: labelInterval(labels) },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      min: 0,
      splitNumber: 4,
      axisLabel: { ...text, formatter: number },
      splitLine: { lineStyle: { color: palette.line } },
    },
  };
}

/** A tooltip for the whole column under the pointer. */
export function chartTooltip(palette: Palette, font: string, tip: (index: number) => Tip | null) {
  return {
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
    formatter: (params: { dataIndex: number; value?: unknown }[]) => {
      const first = params.find(({ value }) => !Array.isArray(value));
      return tipElements(tip(first?.dataIndex ?? -1));
    },
  };
}
