// SPDX-License-Identifier: Apache-2.0
// The address that somebody arrives at who opens the bare short link: what the server's
// src/redirect/location.cc does with a click that brings no parameters of its own. The click's id
// is only known when there is a click and stands here as `…`.
import type { LinkValues, UtmName } from './link_values';

const clickId = '…';
/** In the order in which the server appends them. */
const appended: readonly UtmName[] = ['source', 'medium', 'campaign', 'content', 'term'];

type Tracking = Pick<LinkValues, 'utm' | 'passthrough' | 'append_click_id'>;

export function finalUrl(destination: string, link: Tracking): string {
  const filled = destination.replaceAll('{click_id}', clickId);
  if (!link.passthrough && !link.append_click_id) return filled;
  const [beforeHash = '', ...hash] = filled.split('#');
  const [path = '', ...query] = beforeHash.split('?');
  const own = query.join('?').split('&').filter(Boolean);
  const nameOf = (pair: string) => pair.split('=')[0]?.toLowerCase();
  const isSet = (name: string) => own.some((pair) => nameOf(pair) === name && /=./.test(pair));
  const pairs = own.filter((pair) => !(link.append_click_id && nameOf(pair) === 'tm_cid'));
  if (link.passthrough) {
    for (const name of appended) {
      const saved = link.utm[name].trim();
      if (saved && !isSet(`utm_${name}`)) pairs.push(`utm_${name}=${encodeURIComponent(saved)}`);
    }
  }
  if (link.append_click_id) pairs.push(`tm_cid=${clickId}`);
  const rest = hash.length > 0 ? `#${hash.join('#')}` : '';
  return `${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}${rest}`;
}

/** UTM tags that an address carries itself; the empty ones left out. */
export function utmOf(address: string): Partial<Record<UtmName, string>> {
  const found: Partial<Record<UtmName, string>> = {};
  if (!URL.canParse(address)) return found;
  for (const [name, value] of new URL(address).searchParams) {
    const own = /^utm_(source|medium|campaign|content|term)$/i.exec(name)?.[1];
    if (own && value) found[own.toLowerCase() as UtmName] = value;
  }
  return found;
}
