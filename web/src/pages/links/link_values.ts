// SPDX-License-Identifier: Apache-2.0
// What the link form holds: plain texts and lists, in the API's own names where it has some.
// link_body.ts turns them into what is sent, link_checks.ts finds what can be known to be wrong.
import type { Link } from '../../api/types';
import { localText } from '../../ui/local_time';
import { type RuleValues, rulesOf, type VariantValues } from './rule_values';

export const utmNames = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export type UtmName = (typeof utmNames)[number];

/** How a password reads that is set: it is kept as a hash only. */
export const keptPassword = '********';

type Platform = { url: string; store_url: string };

export type LinkValues = {
  destination: string;
  /** '' for the default domain. */
  domain: string;
  prefix: string;
  token: string;
  title: string;
  tags: string[];
  campaign: string;
  channel: string;
  utm: Record<UtmName, string>;
  ios: Platform;
  android: Platform;
  rules: RuleValues[];
  variants: VariantValues[];
  /** What a datetime-local field holds: the browser's zone, to the minute; '' for none. */
  starts_at: string;
  expires_at: string;
  click_limit: number | '';
  fallback_url: string;
  /** null: none is asked for; `keptPassword`: the one that is set stays. */
  password: string | null;
  og: { title: string; description: string; image_url: string };
  status: '302' | '307' | '301';
  passthrough: boolean;
  append_click_id: boolean;
  landing: boolean;
  privacy: 'standard' | 'do_not_record';
};

export const emptyValues: LinkValues = {
  destination: '',
  domain: '',
  prefix: '',
  token: '',
  title: '',
  tags: [],
  campaign: '',
  channel: '',
  utm: { source: '', medium: '', campaign: '', term: '', content: '' },
  ios: { url: '', store_url: '' },
  android: { url: '', store_url: '' },
  rules: [],
  variants: [],
  starts_at: '',
  expires_at: '',
  click_limit: '',
  fallback_url: '',
  password: null,
  og: { title: '', description: '', image_url: '' },
  status: '302',
  passthrough: false,
  append_click_id: false,
  landing: false,
  privacy: 'standard',
};

export function valuesOf(link: Link): LinkValues {
  const { utm, ios, android, og } = link;
  return {
    destination: link.destination,
    domain: link.domain ?? '',
    prefix: link.prefix,
    token: link.token ?? '',
    title: link.title ?? '',
    tags: [...link.tags],
    campaign: link.campaign ?? '',
    channel: link.channel ?? '',
    utm: {
      source: utm.source ?? '',
      medium: utm.medium ?? '',
      campaign: utm.campaign ?? '',
      term: utm.term ?? '',
      content: utm.content ?? '',
    },
    ios: { url: ios.url ?? '', store_url: ios.store_url ?? '' },
    android: { url: android.url ?? '', store_url: android.store_url ?? '' },
    rules: rulesOf(link.rules),
    variants: link.variants.map(({ name, weight, destination }, index) => ({
      key: `variant${index}`,
      name,
      weight: weight ?? 1,
      destination,
    })),
    starts_at: localText(link.starts_at),
    expires_at: localText(link.expires_at),
    click_limit: link.click_limit ?? '',
    fallback_url: link.fallback_url ?? '',
    password: link.password === null ? null : keptPassword,
    og: {
      title: og.title ?? '',
      description: og.description ?? '',
      image_url: og.image_url ?? '',
    },
    status: String(link.status) as LinkValues['status'],
    passthrough: link.passthrough,
    append_click_id: link.append_click_id,
    landing: link.landing,
    privacy: link.privacy,
  };
}
