// SPDX-License-Identifier: Apache-2.0
// What the list of links is asked for, as it stands in the page's address.
import type { LinksQuery } from '../../api/types';

export const newestFirst = '-created_at';

export const orders = [
  { value: newestFirst, label: 'Newest first' },
  { value: 'created_at', label: 'Oldest first' },
  { value: '-updated_at', label: 'Last changed' },
  { value: 'updated_at', label: 'Longest unchanged' },
  { value: 'prefix', label: 'Short address, A to Z' },
  { value: '-prefix', label: 'Short address, Z to A' },
  { value: 'title', label: 'Title, A to Z' },
  { value: '-title', label: 'Title, Z to A' },
] as const;

export const states = [
  { value: '', label: 'Any state' },
  { value: 'true', label: 'Enabled' },
  { value: 'false', label: 'Disabled' },
] as const;

/** Names in the address, all texts; '' stands for "not asked for". */
export type ListView = { q: string; tag: string; campaign: string; enabled: string; sort: string };

export function parseList(params: URLSearchParams): ListView {
  const sort = params.get('sort');
  const enabled = params.get('enabled');
  return {
    q: (params.get('q') ?? '').trim(),
    tag: params.get('tag') ?? '',
    campaign: params.get('campaign') ?? '',
    enabled: states.some(({ value }) => value === enabled) ? (enabled ?? '') : '',
    sort: orders.some(({ value }) => value === sort) ? (sort as string) : newestFirst,
  };
}

/** Writes a view into an address; `parseList(formatList(view))` equals `view`. */
export function formatList(view: ListView): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of ['q', 'tag', 'campaign', 'enabled'] as const) {
    if (view[name]) params.set(name, view[name]);
  }
  if (view.sort !== newestFirst) params.set('sort', view.sort);
  return params;
}

/** Whether the list leaves links out. */
export function isNarrowed({ q, tag, campaign, enabled }: ListView): boolean {
  return q !== '' || tag !== '' || campaign !== '' || enabled !== '';
}

export function linksQuery(view: ListView): LinksQuery {
  const query: LinksQuery = { sort: view.sort as LinksQuery['sort'] };
  if (view.q) query.search = view.q;
  if (view.tag) query.tag = view.tag;
  if (view.campaign) query.campaign = view.campaign;
  if (view.enabled) query.enabled = view.enabled as LinksQuery['enabled'];
  return query;
}
