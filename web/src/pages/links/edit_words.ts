// SPDX-License-Identifier: Apache-2.0
// An edit of a link in words: who, what, and each field as it was and as it became. Values come as
// the API has them; what a field is called here it is called in the form, too.
import type { Link, LinkEdit, LinkFieldChange, LinkPatch } from '../../api/types';
import { count, share, time } from '../../ui/format';
import { ruleWords } from './link_words';
import { rulesOf } from './rule_values';

type Field = LinkFieldChange['field'];
type Show = (value: never, tz: string, locale?: string) => string;

const text = (value: string) => value;
const onOff = (value: boolean) => (value ? 'on' : 'off');
const moment = (value: string, tz: string, locale?: string) => time(value, 'full', tz, locale);
const parts = (value: Record<string, string | null>) =>
  Object.entries(value)
    .filter(([, part]) => part)
    .map(([name, part]) => `${name.replace('_', ' ')}: ${part}`)
    .join('\n');

function rules(value: Link['rules'], _tz: string, locale?: string): string {
  return rulesOf(value)
    .map((rule) => `${ruleWords(rule, locale) || 'Rule'} → ${rule.destination}`)
    .join('\n');
}

function variants(value: Link['variants'], _tz: string, locale?: string): string {
  const total = value.reduce((sum, { weight }) => sum + (weight ?? 1), 0);
  return value
    .map((one) => `${one.name} ${share((one.weight ?? 1) / total, locale)} → ${one.destination}`)
    .join('\n');
}

const fields: Record<Field, readonly [name: string, show: Show]> = {
  domain: ['Domain', text],
  prefix: ['First part', text],
  token: ['Second part', text],
  destination: ['Destination', text],
  title: ['Title', text],
  tags: ['Tags', (value: string[]) => value.join(', ')],
  campaign: ['Campaign', text],
  channel: ['Channel', text],
  utm: ['UTM tags', parts],
  ios: ['iPhone and iPad', parts],
  android: ['Android', parts],
  rules: ['Rules', rules],
  variants: ['Variants', variants],
  og: ['Preview card', parts],
  fallback_url: ['While it is not open', text],
  password: ['Password', () => 'asked for'],
  click_limit: ['Closes after clicks', (value: number, _tz, locale) => count(value, locale)],
  status: ['Kind of redirect', String],
  passthrough: ['Pass parameters on', onOff],
  append_click_id: ['Append the click id', onOff],
  landing: ['Show a page in between', onOff],
  privacy: [
    'Recorded',
    (value: Link['privacy']) => (value === 'standard' ? 'as set for all links' : 'very little'),
  ],
  enabled: ['Enabled', onOff],
  starts_at: ['Opens at', moment],
  expires_at: ['Closes at', moment],
};

export const fieldName = (field: Field): string => fields[field][0];

/** A field's value in words, a line for each of several; '' when it has none. */
export function valueWords(field: Field, value: unknown, tz: string, locale?: string): string {
  return value == null ? '' : fields[field][1](value as never, tz, locale);
}

/** What is to be said of a change instead of its values; null when they are shown. */
export function insteadOfValues(change: LinkFieldChange): string | null {
  if (change.too_long) return 'changed; too long to be kept here';
  if (change.field === 'password' && change.before && change.after) return 'changed';
  return null;
}

const done: Record<LinkEdit['kind'], string> = {
  created: 'Created',
  updated: 'Changed',
  deleted: 'Deleted',
  expired: 'Closed: its time was over',
};

export function editWords({ kind, by }: Pick<LinkEdit, 'kind' | 'by'>): string {
  if (kind === 'expired') return done.expired;
  const who = by.kind === 'key' ? `the key “${by.name}”` : (by.name ?? 'the server');
  return `${done[kind]} by ${who}`;
}

/**
 * What makes a link again what it was before an edit, in that edit's fields; null when it is so
 * already. A password cannot come back: only a hash of it was ever there.
 */
export function restoring(edit: LinkEdit, link: Link): LinkPatch | null {
  if (edit.kind !== 'updated') return null;
  const back = edit.changes.filter(
    ({ field, before, too_long }) =>
      !too_long && field !== 'password' && JSON.stringify(before) !== JSON.stringify(link[field]),
  );
  if (back.length === 0) return null;
  return Object.fromEntries(back.map(({ field, before }) => [field, before]));
}
