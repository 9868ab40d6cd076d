// SPDX-License-Identifier: Apache-2.0
// What a key may do, in words. A public key has its one scope and no other.
import type { Scope } from '../../api/types';

type ScopeWords = { value: Scope; label: string; description: string };

export const scopes: ScopeWords[] = [
  {
    value: 'links:read',
    label: 'Read links',
    description: 'See links, where they lead, and their QR codes.',
  },
  {
    value: 'links:write',
    label: 'Create and change links',
    description: 'Also webhooks, alerts and scheduled exports. Includes reading links.',
  },
  {
    value: 'stats:read',
    label: 'Read statistics and clicks',
    description: 'Every number and every single click, exports included. For Grafana and scripts.',
  },
  {
    value: 'convert:write',
    label: 'Report conversions from a server',
    description: 'Sales and sign-ups, with a value, by click id.',
  },
  {
    value: 'admin',
    label: 'Everything',
    description: 'All of the above, and keys, domains, settings, erasing.',
  },
  {
    value: 'convert:public',
    label: 'Report conversions from web pages',
    description:
      'A public key, to be written into pages: everybody may read it, and it may do nothing else.',
  },
];

export function scopeLabel(scope: Scope): string {
  return scopes.find(({ value }) => value === scope)?.label ?? scope;
}

/** Choosing the public scope takes the others away, and they take it away. */
export function withPublicAlone(before: Scope[], chosen: Scope[]): Scope[] {
  if (!chosen.includes('convert:public')) return chosen;
  if (!before.includes('convert:public')) return ['convert:public'];
  return chosen.length > 1 ? chosen.filter((scope) => scope !== 'convert:public') : chosen;
}
