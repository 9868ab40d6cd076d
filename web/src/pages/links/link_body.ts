// SPDX-License-Identifier: Apache-2.0
// What the form sends. Both requests come from one picture of a link with every name in it: a new
// link sends of it what differs from a link with nothing set, an edit what differs from the link
// that the form was opened with, null for what was taken away (JSON merge-patch), so that two
// people who edit two fields do not undo each other. Rules and variants are lists, which a
// merge-patch replaces as a whole.
import type { LinkCreate, LinkPatch } from '../../api/types';
import { momentOf } from '../../ui/local_time';
import { withScheme } from './link_checks';
import { emptyValues, type LinkValues } from './link_values';
import { rulesBody } from './rule_values';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Body = { [name: string]: Json };

const orNull = (text: string) => text.trim() || null;
const addressOrNull = (text: string) => withScheme(text) || null;

function texts(group: Record<string, string>): Body {
  return Object.fromEntries(Object.entries(group).map(([name, text]) => [name, orNull(text)]));
}

function whole(values: LinkValues): Body {
  return {
    destination: withScheme(values.destination),
    domain: orNull(values.domain),
    prefix: orNull(values.prefix),
    token: orNull(values.token),
    title: orNull(values.title),
    tags: values.tags,
    campaign: orNull(values.campaign),
    channel: orNull(values.channel),
    utm: texts(values.utm),
    ios: texts(values.ios),
    android: texts(values.android),
    rules: rulesBody(values.rules, withScheme) as unknown as Json,
    variants: values.variants.map(({ name, weight, destination }) => ({
      name: name.trim(),
      weight: Number(weight),
      destination: withScheme(destination),
    })),
    // As the fields show them: a moment with seconds, which they do not show, stays when untouched.
    starts_at: momentOf(values.starts_at),
    expires_at: momentOf(values.expires_at),
    click_limit: values.click_limit === '' ? null : values.click_limit,
    fallback_url: addressOrNull(values.fallback_url),
    password: values.password,
    og: { ...texts(values.og), image_url: addressOrNull(values.og.image_url) },
    status: Number(values.status),
    passthrough: values.passthrough,
    append_click_id: values.append_click_id,
    landing: values.landing,
    privacy: values.privacy,
  };
}

const isObject = (value: Json | undefined): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What turns `before` into `after`; null when nothing does. */
function difference(before: Body, after: Body): Body | null {
  const changes: Body = {};
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (isObject(value) && isObject(old)) {
      const inside = difference(old, value);
      if (inside) changes[name] = inside;
    } else if (JSON.stringify(value) !== JSON.stringify(old)) {
      changes[name] = value;
    }
  }
  return Object.keys(changes).length > 0 ? changes : null;
}

export function toCreate(values: LinkValues): LinkCreate {
  const body = whole(values);
  return {
    destination: body.destination,
    ...difference(whole(emptyValues), body),
  } as LinkCreate;
}

/** What `after` changes in `before`, or null when that is nothing. */
export function toPatch(before: LinkValues, after: LinkValues): LinkPatch | null {
  return difference(whole(before), whole(after)) as LinkPatch | null;
}
