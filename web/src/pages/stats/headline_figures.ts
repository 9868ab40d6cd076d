// SPDX-License-Identifier: Apache-2.0
// Which figures the headline has: always the four of counting, CTR and conversions where there is
// anything to say. Each comes with what stands below it, a shape or a range, never both.
import type { Summary } from '../../api/types';
import type { Traffic } from '../../api/view';
import { type Measure, type Point, valueOf } from '../../charts/series';
import type { Explained } from '../../ui/explanations';
import { count, percent, shortCount } from '../../ui/format';

export type Figure = {
  label: string;
  explain: Explained;
  /** undefined while it is on its way. */
  text: string | undefined;
  full?: string;
  change: number | null | undefined;
  tone: Measure | null;
  note?: string;
};

const clickNames: Record<Traffic, { label: string; explain: Explained }> = {
  human: { label: 'Clicks', explain: 'clicks' },
  bot: { label: 'Bot clicks', explain: 'botClicks' },
  all: { label: 'Clicks, bots included', explain: 'allClicks' },
};

function counted(value: number | null | undefined): Pick<Figure, 'text' | 'full'> {
  if (value === undefined) return { text: undefined };
  const full = count(value);
  return { text: (value ?? 0) >= 1e9 ? shortCount(value ?? 0) : full, full };
}

function clicksEach(data: Summary | undefined, traffic: Traffic): string {
  if (!data?.visitors || traffic !== 'human') return '';
  const each = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
  return `${each.format(data.clicks / data.visitors)} clicks each`;
}

const asPercent = (part: number | null) => percent(part === null ? null : part * 100);

function ctr(data: Summary): Figure | null {
  if (data.ctr === null && (data.previous?.ctr ?? null) === null) return null;
  const range = data.ctr_interval;
  return {
    label: 'CTR',
    explain: 'ctr',
    text: percent(data.ctr),
    change: data.change?.ctr,
    tone: null,
    note: data.more_clicks_than_impressions
      ? 'More clicks than impressions: too few were entered'
      : range
        ? `${count(data.impressions)} impressions, so ${percent(range.low)} to ${percent(range.high)}`
        : '',
  };
}

function conversions(data: Summary): Figure | null {
  const any = data.conversions + data.converted_clicks + (data.previous?.conversions ?? 0);
  if (any === 0) return null;
  const range = data.conversion_rate_interval;
  return {
    label: 'Conversions',
    explain: 'conversions',
    ...counted(data.conversions),
    change: data.change?.conversions,
    tone: null,
    note: range
      ? `${asPercent(data.conversion_rate)} of clicks, so ${asPercent(range.low)} to ${asPercent(range.high)}`
      : '',
  };
}

export function figuresOf(data: Summary | undefined, traffic: Traffic): Figure[] {
  const figures: (Figure | null)[] = [
    {
      ...clickNames[traffic],
      ...counted(data?.clicks),
      change: data?.change?.clicks,
      tone: 'clicks',
    },
    {
      label: 'Unique clicks (per day)',
      explain: 'unique',
      ...counted(data?.unique_clicks),
      change: data?.change?.unique_clicks,
      tone: traffic === 'bot' ? null : 'unique',
    },
    {
      label: 'Visitors',
      explain: 'visitors',
      ...counted(data?.visitors),
      change: data?.change?.visitors,
      tone: null,
      note: clicksEach(data, traffic),
    },
    {
      label: 'Bots, apart',
      explain: 'bots',
      ...counted(data?.bots),
      change: data?.change?.bots,
      tone: 'bots',
    },
    // Both are about people.
    data && traffic !== 'bot' ? ctr(data) : null,
    data && traffic !== 'bot' ? conversions(data) : null,
  ];
  return figures.filter((figure) => figure !== null);
}

/** The shape of a measure; a bucket that still fills up would look like a fall. */
export function shapeOf(points: readonly Point[], measure: Measure, filling: boolean): number[] {
  const whole = filling && points.length > 2 ? points.slice(0, -1) : points;
  return whole.map((point) => valueOf(point, measure) ?? 0);
}
