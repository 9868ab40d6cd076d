// SPDX-License-Identifier: Apache-2.0
// What stands beside the figures of things side by side: what a difference of rates may be said to
// be, why figures that were entered are not shown, and what a budget should do. Each says what the
// server found and no more; small numbers are called small.
import { haveSameDays } from '../../api/days';
import type { Channels, Compared, Settings } from '../../api/types';
import { dimensions, type View } from '../../api/view';
import { valueName } from '../../ui/dimension_names';
import { moneyRange, points, pointsRange } from '../../ui/rates';

type Difference = Compared['differences'][number];

export type Standing = { tone: 'better' | 'worse' | 'open'; text: string };

/** A column's rate against that of the first. */
export function differenceWords(difference: Difference | undefined, locale?: string): Standing {
  if (!difference) return { tone: 'open', text: '' };
  const { interval, p } = difference;
  if (p === null) return { tone: 'open', text: 'too few to compare' };
  if (!interval) return { tone: 'open', text: 'no difference seen' };
  const range = pointsRange(interval, locale);
  if (interval.low > 0) {
    return { tone: 'better', text: `${points(difference.difference, locale)} (${range})` };
  }
  if (interval.high < 0) {
    return { tone: 'worse', text: `${points(difference.difference, locale)} (${range})` };
  }
  return { tone: 'open', text: `may be chance (${range})` };
}

const figureFilters: readonly string[] = ['link', 'campaign', 'tag', 'channel'];

export type NoFigures = { text: string; fix: 'zone' | 'days' | 'filters' };

/** Why CTR and costs cannot be shown for a view, whatever was entered; null when they can. */
export function whyNoFigures(
  view: View,
  tz: string,
  settings: Pick<Settings, 'time_zone'>,
): NoFigures | null {
  const other = dimensions.filter(
    (name) => view.filters[name] !== undefined && !figureFilters.includes(name),
  );
  if (other.length > 0) {
    return {
      text:
        'Impressions and costs belong to a link and a day, so CTR and costs are shown only with ' +
        'filters by link, campaign, tag and channel.',
      fix: 'filters',
    };
  }
  if (view.range === '24h') {
    return {
      text: 'Impressions and costs are entered by day. CTR and costs need whole days.',
      fix: 'days',
    };
  }
  if (view.range !== 'all' && !haveSameDays(tz, settings.time_zone, new Date())) {
    return {
      text:
        `Impressions and costs are entered for days of ${settings.time_zone}, the zone that the ` +
        'workspace reports in. CTR and costs need days of that zone.',
      fix: 'zone',
    };
  }
  return null;
}

export function channelName(channel: string): string {
  return channel === '' ? 'Links without a channel' : valueName('channel', channel);
}

export type Advice = { sentence: string; why: string[]; shift: boolean };

/** Where money should go, or why nobody can say. */
export function shiftWords(
  { shift, shift_reason, currency }: Pick<Channels, 'shift' | 'shift_reason' | 'currency'>,
  locale?: string,
): Advice {
  if (shift) {
    const from = channelName(shift.from);
    const to = channelName(shift.to);
    const cost = shift.by === 'marginal' ? 'One conversion more costs' : 'A conversion costs';
    return {
      shift: true,
      sentence: `Move money from ${from} to ${to}.`,
      why: [
        `${cost} ${moneyRange(shift.to_cost, currency, locale)} by ${to}, ` +
          `${moneyRange(shift.from_cost, currency, locale)} by ${from}. The ranges of all channels ` +
          'hold together at 95 % and do not overlap.',
        ...(shift.by === 'marginal'
          ? ['That comes from how conversions rose with cost. Money spent on good days flatters.']
          : []),
      ],
    };
  }
  const reasons: Record<NonNullable<Channels['shift_reason']>, Omit<Advice, 'shift'>> = {
    no_figures: {
      sentence: 'No costs were entered for this range.',
      why: ['Enter what each link cost, day by day, and conversions tell where money does most.'],
    },
    one_channel: {
      sentence: 'Only one channel has costs.',
      why: ['There is nothing to move money to, or from, until a second one has.'],
    },
    too_few_conversions: {
      sentence: 'Too few conversions to move money by.',
      why: ['The cheaper channel needs at least ten.'],
    },
    ranges_overlap: {
      sentence: 'No channel is clearly cheaper than another.',
      why: ['What a conversion may cost overlaps: the differences seen can be chance.'],
    },
  };
  return { ...reasons[shift_reason ?? 'ranges_overlap'], shift: false };
}

/** Where a CTR lies beside what is usual. */
export const standingWords = {
  unclear: 'unclear',
  below: 'below usual',
  within: 'usual',
  above: 'above usual',
} as const;
