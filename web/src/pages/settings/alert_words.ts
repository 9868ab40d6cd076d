// SPDX-License-Identifier: Apache-2.0
// Alerts in plain words: what a rule watches for, how it stands, and what its evidence says.
import type { Alert, AlertEvidence } from '../../api/types';
import { dimensionTitle, valueName } from '../../ui/dimension_names';
import { count, share } from '../../ui/format';
import type { ApiDimension } from '../../api/types';
import type { Tone } from './state_mark';

type What = Alert['what'];

export const kinds: { value: What; label: string; description: string }[] = [
  {
    value: 'spike',
    label: 'Far more clicks than usual',
    description: 'Judged against the past of the same clicks, and never on fewer than 20.',
  },
  {
    value: 'drop',
    label: 'A platform falls away',
    description: 'Say, Android clicks stop while the others go on: a broken store link looks so.',
  },
  {
    value: 'threshold',
    label: 'A number is reached, or missed',
    description: 'So many clicks or conversions in an hour or a day, or fewer.',
  },
  {
    value: 'bots_share',
    label: 'Too many bots',
    description: 'Bots are more than a share of all clicks. Judged from 20 clicks on.',
  },
  {
    value: 'no_clicks',
    label: 'Silence',
    description: 'No click of a person for so many hours: a link that broke, or was taken down.',
  },
];

export function platformName(platform: string): string {
  return valueName('platform', platform);
}

function filterText(filters: Record<string, string>): string {
  const parts = Object.entries(filters).map(([name, value]) => {
    const title = dimensionTitle(name as ApiDimension).toLowerCase();
    return value.startsWith('!') ? `${title} is not ${value.slice(1)}` : `${title} is ${value}`;
  });
  return parts.length > 0 ? `, where ${parts.join(' and ')}` : '';
}

type Rule = Pick<
  Alert,
  'what' | 'interval' | 'platform' | 'measure' | 'bound' | 'value' | 'hours' | 'filters'
>;

/** What a rule watches for, as a sentence. */
export function ruleText(rule: Rule, locale?: string): string {
  const each = rule.interval === 'day' ? 'a day' : 'an hour';
  const where = filterText(rule.filters);
  switch (rule.what) {
    case 'spike':
      return `Far more clicks in ${each} than usual${where}`;
    case 'drop':
      return rule.platform
        ? `Clicks from ${platformName(rule.platform)} fall away for ${each}${where}`
        : `A platform falls away for ${each}${where}`;
    case 'threshold':
      return `${rule.bound === 'below' ? 'Fewer than' : 'At least'} ${count(rule.value, locale)} ${rule.measure ?? 'clicks'} in ${each}${where}`;
    case 'bots_share':
      return `Bots are ${share(rule.value, locale)} or more of the clicks of ${each}${where}`;
    case 'no_clicks':
      return `No click of a person for ${count(rule.hours, locale)} ${rule.hours === 1 ? 'hour' : 'hours'}${where}`;
  }
}

/** How it stands. */
export function alertState(alert: Pick<Alert, 'enabled' | 'state'>): { tone: Tone; word: string } {
  if (!alert.enabled) return { tone: 'off', word: 'Off' };
  if (alert.state === 'firing') return { tone: 'bad', word: 'Firing' };
  if (alert.state === 'ok') return { tone: 'good', word: 'Quiet' };
  return { tone: 'quiet', word: 'Not known yet' };
}

const doubts: Record<NonNullable<AlertEvidence['doubt']>, string> = {
  learning: 'Its past is too short to judge by: it still learns.',
  too_few: 'Fewer than 20 clicks: too few to judge.',
  incomplete: 'Clicks of that time went unrecorded, so nothing is said about it.',
  refused: 'The click store refused the question.',
};

function odds(p: number, locale?: string): string {
  if (p <= 0) return 'Its past makes that all but impossible';
  const once = Math.round(1 / p);
  return once >= 1e9
    ? 'Its past makes that all but impossible'
    : `Its past brings that about once in ${count(once, locale)} times`;
}

/** What was counted, and what it is judged by. */
export function evidenceText(
  { doubt, count: counted, expected, p, share: bots, platform }: AlertEvidence,
  measure: Alert['measure'],
  locale?: string,
): string {
  const parts = [];
  const what = measure === 'conversions' ? 'conversions' : 'clicks';
  if (bots !== null)
    parts.push(`${share(bots, locale)} of ${count(counted, locale)} clicks were of bots.`);
  else {
    const from = platform ? ` from ${platformName(platform)}` : '';
    const usual =
      expected === null ? '' : `, where about ${count(Math.round(expected), locale)} are usual`;
    parts.push(`${count(counted, locale)} ${what}${from}${usual}.`);
  }
  if (p !== null && p < 0.05) parts.push(`${odds(p, locale)}.`);
  if (doubt) parts.push(doubts[doubt]);
  return parts.join(' ');
}
