// SPDX-License-Identifier: Apache-2.0
// Between the link form and the API. The form holds plain strings; the API wants what is empty left
// out when a link is created and named as null when it is taken away (JSON merge-patch), so that an
// edit sends what was changed and nothing else: two people editing two fields do not undo each
// other.
import type { Link, LinkCreate, LinkPatch } from '../api/types';
import { localText, momentOf } from '../ui/local_time';

export const utmNames = ['source', 'medium', 'campaign', 'term', 'content'] as const;
type UtmName = (typeof utmNames)[number];

/** Fields of the schedule, named as the API names them. */
export const scheduleNames = ['starts_at', 'expires_at', 'fallback_url'] as const;
const momentNames = ['starts_at', 'expires_at'] as const;

export type LinkValues = {
  destination: string;
  prefix: string;
  token: string;
  title: string;
  tags: string[];
  campaign: string;
  channel: string;
  utm: Record<UtmName, string>;
  /** What a datetime-local field holds: the browser's zone, to the minute; '' for none. */
  starts_at: string;
  expires_at: string;
  fallback_url: string;
};

/** Names under which the server may refuse a field of this form. */
// prettier-ignore
export const linkFields = [
  'destination', 'prefix', 'token', 'title', 'tags', 'campaign', 'channel',
  ...utmNames.map((name) => `utm.${name}` as const),
  ...scheduleNames,
] as const;

export const emptyValues: LinkValues = {
  destination: '',
  prefix: '',
  token: '',
  title: '',
  tags: [],
  campaign: '',
  channel: '',
  utm: { source: '', medium: '', campaign: '', term: '', content: '' },
  starts_at: '',
  expires_at: '',
  fallback_url: '',
};

export function valuesOf(link: Link): LinkValues {
  const utm = link.utm as Partial<Record<UtmName, string | null>> | null;
  return {
    destination: link.destination,
    prefix: link.prefix,
    token: link.token ?? '',
    title: link.title ?? '',
    tags: [...link.tags],
    campaign: link.campaign ?? '',
    channel: link.channel ?? '',
    utm: {
      source: utm?.source ?? '',
      medium: utm?.medium ?? '',
      campaign: utm?.campaign ?? '',
      term: utm?.term ?? '',
      content: utm?.content ?? '',
    },
    starts_at: localText(link.starts_at),
    expires_at: localText(link.expires_at),
    fallback_url: link.fallback_url ?? '',
  };
}

/** "shop.example/a" → "https://shop.example/a"; whatever names a scheme stays as it is. */
export function withScheme(destination: string): string {
  const text = destination.trim();
  if (text === '' || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)) return text;
  return /^[^\s/]+\.[^\s/]+/.test(text) ? `https://${text}` : text;
}

/** What is wrong with the schedule, by field. */
function checkSchedule(values: LinkValues): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const name of momentNames) {
    if (values[name] !== '' && momentOf(values[name]) === null) {
      problems[name] = 'The clocks skip this time that day';
    }
  }
  const opens = momentOf(values.starts_at);
  const closes = momentOf(values.expires_at);
  if (opens && closes && closes <= opens) problems.expires_at = 'Must be after it opens';
  const fallback = withScheme(values.fallback_url);
  if (fallback !== '' && !URL.canParse(fallback)) {
    problems.fallback_url = 'This is not a complete address';
  }
  return problems;
}

/** First problem of each field that can be known without asking the server. */
export function checkValues(values: LinkValues): Record<string, string> {
  const problems: Record<string, string> = {};
  const destination = withScheme(values.destination);
  if (destination === '') problems.destination = 'Where should the link lead?';
  else if (!URL.canParse(destination)) problems.destination = 'This is not a complete address';
  const prefix = values.prefix.trim();
  if (prefix !== '' && !/^[A-Za-z0-9_-]{1,64}$/.test(prefix)) {
    problems.prefix = 'Letters, digits, - and _, at most 64';
  }
  const token = values.token.trim();
  if (token !== '' && prefix === '') problems.token = 'A second part needs a first one';
  else if (token.includes('/')) problems.token = 'No slash inside a part';
  return { ...problems, ...checkSchedule(values) };
}

const texts = ['prefix', 'token', 'title', 'campaign', 'channel'] as const;

export function toCreate(values: LinkValues): LinkCreate {
  const body: Record<string, unknown> = { destination: withScheme(values.destination) };
  for (const name of texts) {
    const text = values[name].trim();
    if (text) body[name] = text;
  }
  if (values.tags.length > 0) body.tags = values.tags;
  const utm = utmNames.flatMap((name) => {
    const text = values.utm[name].trim();
    return text ? [[name, text]] : [];
  });
  if (utm.length > 0) body.utm = Object.fromEntries(utm);
  for (const name of momentNames) {
    const moment = momentOf(values[name]);
    if (moment) body[name] = moment;
  }
  const fallback = withScheme(values.fallback_url);
  if (fallback) body.fallback_url = fallback;
  return body as LinkCreate;
}

/** What `after` changes in `before`, or null when that is nothing. */
export function toPatch(before: LinkValues, after: LinkValues): LinkPatch | null {
  const patch: Record<string, unknown> = {};
  const destination = withScheme(after.destination);
  if (destination !== before.destination) patch.destination = destination;
  for (const name of texts) {
    const text = after[name].trim();
    if (text !== before[name]) patch[name] = text || null;
  }
  if (JSON.stringify(after.tags) !== JSON.stringify(before.tags)) patch.tags = after.tags;
  const utm: Record<string, string | null> = {};
  for (const name of utmNames) {
    const text = after.utm[name].trim();
    if (text !== before.utm[name]) utm[name] = text || null;
  }
  if (Object.keys(utm).length > 0) patch.utm = utm;
  // Compared as texts: a moment with seconds, which the form does not show, stays when untouched.
  for (const name of momentNames) {
    if (after[name] !== before[name]) patch[name] = momentOf(after[name]);
  }
  const fallback = withScheme(after.fallback_url);
  if (fallback !== before.fallback_url) patch.fallback_url = fallback || null;
  return Object.keys(patch).length > 0 ? (patch as LinkPatch) : null;
}
