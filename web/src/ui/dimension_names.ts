// SPDX-License-Identifier: Apache-2.0
// What the dimensions and their values are called on screen. The server stores codes (DE, in_app =
// 1); people read names. A value nobody could determine is `unknown`, and what that means differs:
// a click without a campaign is not a mystery, it simply carries none.
import type { ApiDimension, BreakdownRow } from '../api/types';

type Naming = { title: string; unknown: string; values?: Readonly<Record<string, string>> };

const notSet = 'Not set';

const names: Record<ApiDimension, Naming> = {
  link: { title: 'Link', unknown: 'No link' },
  domain: { title: 'Domain', unknown: 'Default' },
  channel: {
    title: 'Channel',
    unknown: 'Unknown',
    values: { ai: 'AI assistants', qr: 'QR code', sms: 'SMS' },
  },
  source: { title: 'Source', unknown: 'No source' },
  referrer: { title: 'Referrer', unknown: 'No referrer' },
  campaign: { title: 'Campaign', unknown: 'No campaign' },
  medium: { title: 'Medium', unknown: notSet },
  content: { title: 'Content', unknown: notSet },
  term: { title: 'Term', unknown: notSet },
  src: { title: 'Tag (?src=)', unknown: notSet },
  tag: { title: 'Link tag', unknown: 'No tag' },
  prefix: { title: 'First part', unknown: notSet },
  token: { title: 'Second part', unknown: notSet },
  referrer_path: { title: 'Referring page', unknown: 'No path' },
  ad_click: { title: 'Ad click', unknown: 'No ad click' },
  screen_source: {
    title: 'Screen known from',
    unknown: 'Not reported',
    values: {
      none: 'Not reported',
      beacon: 'Landing page',
      user_agent: 'User agent',
      client_hint: 'Client hints',
    },
  },
  dpr: { title: 'Pixel ratio', unknown: 'Not reported' },
  first: { title: 'Unique', unknown: 'Unknown', values: { true: 'Unique', false: 'Repeated' } },
  imported: { title: 'Imported', unknown: 'Unknown', values: { true: 'Imported', false: 'Live' } },
  traffic: { title: 'Class', unknown: 'Unknown', values: { ai: 'AI crawler' } },
  country: { title: 'Country', unknown: 'Unknown' },
  region: { title: 'Region', unknown: 'Unknown' },
  city: { title: 'City', unknown: 'Unknown' },
  language: { title: 'Language', unknown: 'Unknown' },
  device: {
    title: 'Device',
    unknown: 'Unknown',
    values: { tv: 'TV', other: 'Other device' },
  },
  platform: {
    title: 'Platform',
    unknown: 'Unknown',
    values: { ios: 'iOS', android: 'Android', desktop: 'Desktop', other: 'Other platform' },
  },
  os: { title: 'System', unknown: 'Unknown' },
  os_version: { title: 'System version', unknown: 'Unknown' },
  browser: { title: 'Browser', unknown: 'Unknown' },
  browser_version: { title: 'Browser version', unknown: 'Unknown' },
  in_app: {
    title: 'In-app',
    unknown: 'Unknown',
    values: { false: 'Ordinary browser', true: 'Inside an app' },
  },
  screen: { title: 'Screen', unknown: 'Not reported' },
  trigger: {
    title: 'Opened by',
    unknown: 'Unknown',
    values: { link: 'Link', qr: 'QR code', open: 'App open' },
  },
  variant: { title: 'Variant', unknown: 'No variant' },
  outcome: {
    title: 'Outcome',
    unknown: 'Unknown',
    values: {
      limit_reached: 'Limit reached',
      preview_page: 'Preview page',
      not_found: 'Not found',
    },
  },
  reason: { title: 'Why (rule)', unknown: 'No rule' },
};

const sentenceCase: readonly ApiDimension[] = ['channel', 'device', 'outcome', 'traffic'];

export function dimensionTitle(dimension: ApiDimension): string {
  return names[dimension].title;
}

function displayName(type: 'region' | 'language', code: string, locale?: string): string {
  try {
    return new Intl.DisplayNames(locale, { type, fallback: 'code' }).of(code) ?? code;
  } catch {
    return code; // Not a well-formed code: the server stored what the client sent.
  }
}

/** The name of one value, for example `DE` → Germany. */
export function valueName(dimension: ApiDimension, value: string, locale?: string): string {
  const naming = names[dimension];
  if (value === '') return naming.unknown;
  if (value === 'Unknown') return 'Unknown';
  if (dimension === 'country') return displayName('region', value, locale);
  if (dimension === 'language') return displayName('language', value, locale);
  // Only names of ours: a channel may be called `constructor`, which every object has.
  if (naming.values && Object.hasOwn(naming.values, value)) return naming.values[value] ?? value;
  if (sentenceCase.includes(dimension)) {
    const spaced = value.replaceAll('_', ' ');
    return spaced.charAt(0).toUpperCase() + spaced.slice(1);
  }
  return value;
}

/** Whether a row stands for clicks that lack this fact, which is drawn apart from real values. */
export function isMissing(row: Pick<BreakdownRow, 'value' | 'kind'>): boolean {
  return row.kind === 'unknown' || row.value === '';
}

/** The name of a breakdown row, unknown and rest included. */
export function rowName(
  dimension: ApiDimension,
  row: Pick<BreakdownRow, 'value' | 'kind' | 'label'>,
  locale?: string,
): string {
  if (row.kind === 'rest') return 'Everything else';
  if (row.label) return row.label;
  if (row.value == null) return names[dimension].unknown;
  return valueName(dimension, row.value, locale);
}
