// SPDX-License-Identifier: Apache-2.0
// A *view* is what a stats page is showing: range, traffic class and filters. It lives in the
// page's address, so that reload, back and a pasted link keep it; only what differs from the
// default is written there. The time zone is the reader's and stays out of it (see
// ui/time_zone.ts).
import type { ApiDimension, StatsQuery } from './types';

export const ranges = ['24h', '7d', '30d', '90d', '12mo', 'all'] as const;
export type Range = (typeof ranges)[number];

export const traffics = ['human', 'bot', 'all'] as const;
export type Traffic = (typeof traffics)[number];

/** Dimensions by which clicks are broken down and filtered, in the order of their cards. */
// prettier-ignore
export const dimensions = [
  'link', 'domain', 'channel', 'source', 'referrer', 'referrer_path', 'ad_click',
  'campaign', 'medium', 'content', 'term', 'src', 'tag',
  'country', 'region', 'city', 'language',
  'device', 'platform', 'os', 'os_version', 'browser', 'browser_version', 'in_app', 'screen',
  'trigger', 'outcome', 'reason',
] as const satisfies readonly ApiDimension[];
export type Dimension = (typeof dimensions)[number];

/** One value per dimension, as stored; '' is a value too (`referrer`: came without one). */
export type Filters = Partial<Record<Dimension, string>>;
export type View = { range: Range; traffic: Traffic; filters: Filters };

export const defaultView: View = { range: '30d', traffic: 'human', filters: {} };

function oneOf<T extends string>(value: string | null, known: readonly T[], otherwise: T): T {
  return known.includes(value as T) ? (value as T) : otherwise;
}

/** Reads a view from an address; what it does not know is ignored. */
export function parseView(params: URLSearchParams): View {
  const filters: Filters = {};
  for (const dimension of dimensions) {
    const value = params.get(dimension);
    if (value !== null) filters[dimension] = value;
  }
  return {
    range: oneOf(params.get('range'), ranges, defaultView.range),
    traffic: oneOf(params.get('traffic'), traffics, defaultView.traffic),
    filters,
  };
}

/** Writes a view into an address. `parseView(formatView(v))` equals `v`. */
export function formatView(view: View): URLSearchParams {
  const params = new URLSearchParams();
  if (view.range !== defaultView.range) params.set('range', view.range);
  if (view.traffic !== defaultView.traffic) params.set('traffic', view.traffic);
  for (const dimension of dimensions) {
    const value = view.filters[dimension];
    if (value !== undefined) params.set(dimension, value);
  }
  return params;
}

/** A stored value in the API's filter language, where a comma and a leading ! mean something. */
export function filterText(value: string): string {
  return value.replace(/[\\,]/g, '\\$&').replace(/^!/, '\\!');
}

/** The parameters for /api/v1/stats/…; `link`, one id or several with commas, narrows them. */
export function statsQuery(view: View, tz: string, link?: string): StatsQuery {
  const query: Record<string, string> = { range: view.range, tz };
  for (const [dimension, value] of Object.entries(view.filters)) {
    query[dimension] = filterText(value);
  }
  if (view.traffic !== 'human') query.traffic = view.traffic;
  if (link) query.link = link;
  return query as StatsQuery;
}

/** How often a visible page asks again, in ms: long ranges cost more and change less. */
export function refreshMs(range: Range): number {
  if (range === '12mo' || range === 'all') return 30_000;
  return range === '90d' ? 10_000 : 5_000;
}

/** The same view with one filter set, or taken away by null. */
export function withFilter(view: View, dimension: Dimension, value: string | null): View {
  const filters = { ...view.filters };
  if (value === null) delete filters[dimension];
  else filters[dimension] = value;
  return { ...view, filters };
}
