// SPDX-License-Identifier: Apache-2.0
// What the list of links is asked for, as it stands in the page's address. Beside it stands the view
// of the statistics, which the navigation carries along and a row's link hands on.
import { formatView, parseView } from '../../api/view';
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
  { value: 'active', label: 'Active' },
  { value: 'scheduled', label: 'Not open yet' },
  { value: 'expired', label: 'Expired' },
  { value: 'disabled', label: 'Disabled' },
] as const;

/** Names in the address, all texts; '' stands for "not asked for". */
export type ListView = { q: string; tag: string; campaign: string; state: string; sort: string };
const filters = ['q', 'tag', 'campaign', 'state'] as const;

export function parseList(params: URLSearchParams): ListView {
  const sort = params.get('sort');
  const state = params.get('state');
  return {
    q: (params.get('q') ?? '').trim(),
    tag: params.get('tag') ?? '',
    campaign: params.get('campaign') ?? '',
    state: states.some(({ value }) => value === state) ? (state ?? '') : '',
    sort: orders.some(({ value }) => value === sort) ? (sort as string) : newestFirst,
  };
}

/** Writes a view into an address that may hold more; `parseList(formatList(view))` equals `view`. */
export function formatList(view: ListView, beside = new URLSearchParams()): URLSearchParams {
  const params = new URLSearchParams(beside);
  for (const name of filters) {
    if (view[name]) params.set(name, view[name]);
    else params.delete(name);
  }
  if (view.sort !== newestFirst) params.set('sort', view.sort);
  else params.delete('sort');
  return params;
}

/**
 * What the page of a link is opened with: the statistics' view without what the list is narrowed
 * by, since a link's tag and campaign are no filter of its clicks. '' or from `?` on.
 */
export function linkSearch(params: URLSearchParams): string {
  const own = new URLSearchParams(params);
  for (const name of filters) own.delete(name);
  const search = formatView(parseView(own)).toString();
  return search ? `?${search}` : '';
}

/** Whether the list leaves links out. */
export function isNarrowed(view: ListView): boolean {
  return filters.some((name) => view[name] !== '');
}

export function linksQuery(view: ListView): LinksQuery {
  const query: LinksQuery = { sort: view.sort as LinksQuery['sort'] };
  if (view.q) query.search = view.q;
  if (view.tag) query.tag = view.tag;
  if (view.campaign) query.campaign = view.campaign;
  if (view.state) query.state = view.state as LinksQuery['state'];
  return query;
}
