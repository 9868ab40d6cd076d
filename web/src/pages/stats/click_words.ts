// SPDX-License-Identifier: Apache-2.0
// A single click in words, the same wherever one is listed.
import type { Click } from '../../api/types';
import { valueName } from '../../ui/dimension_names';

function known(value: string): string | null {
  return value === '' || value === 'Unknown' ? null : value;
}

export function placeOf(click: Click): string {
  const country = known(click.country);
  const parts = [known(click.city), country && valueName('country', country)];
  return parts.filter(Boolean).join(', ') || 'Unknown place';
}

export function sourceOf(click: Click): string {
  return known(click.source) ?? known(click.referrer_host) ?? valueName('channel', click.channel);
}

export function softwareOf({ browser, os }: Click): string[] {
  return [browser, os].filter((name) => known(name) !== null);
}

export function addressOf({ prefix, token }: Click): string {
  return token === null ? `/${prefix}` : `/${prefix}/${token}`;
}

/** What it is if it is no click of a person that was sent on; else null. */
export function kindOf({ outcome, traffic }: Click): string | null {
  if (outcome !== 'redirected' && outcome !== 'landing') return valueName('outcome', outcome);
  return traffic === 'human' ? null : valueName('traffic', traffic);
}
