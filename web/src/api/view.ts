// SPDX-License-Identifier: Apache-2.0
// A *view* is what a stats page is showing: range, zone, traffic class and filters. It lives in the
// page's address, so that reload, back and a pasted link keep it, and the navigation carries it from
// page to page; only what differs from the default is written there. The address speaks the API's
// own language (`country=DE,AT`, `os=!iOS`), so that the one can be pasted behind the other.
import { type Filter, formatFilter, parseFilter } from './filter';
import { dayCount, dayIn, type Days, isDay, isZone } from './days';
import type { ApiDimension, StatsQuery } from './types';

export const ranges = ['24h', '7d', '30d', '90d', '12mo', 'all'] as const;
export type Range = (typeof ranges)[number];

export const traffics = ['human', 'bot', 'all'] as const;
export type Traffic = (typeof traffics)[number];

/** Dimensions by which clicks are broken down and filtered, in the order of their cards. */
// prettier-ignore
export const dimensions = [
  'link', 'domain', 'prefix', 'token', 'variant', 'channel', 'source', 'referrer', 'referrer_path', 'ad_click',
  'campaign', 'medium', 'content', 'term', 'src', 'tag',
  'country', 'region', 'city', 'language',
  'device', 'platform', 'os', 'os_version', 'browser', 'browser_version', 'in_app',
  'screen', 'dpr', 'screen_source',
  'trigger', 'outcome', 'reason', 'first', 'imported',
] as const satisfies readonly ApiDimension[];
export type Dimension = (typeof dimensions)[number];

export type Filters = Partial<Record<Dimension, Filter>>;
/**
 * `range` is a named one that moves with the clock, or days that the reader picked; `tz` is null
 * where the zone is the reader's own (ui/time_zone.ts).
 */
export type View = { range: Range | Days; traffic: Traffic; tz: string | null; filters: Filters };

export const defaultView: View = { range: '30d', traffic: 'human', tz: null, filters: {} };

export function isDimension(name: string): name is Dimension {
  return (dimensions as readonly string[]).includes(name);
}

function oneOf<T extends string>(value: string | null, known: readonly T[], otherwise: T): T {
  return known.includes(value as T) ? (value as T) : otherwise;
}

/** Picked days under the API's own names; they win over a named range. */
function parseDays(params: URLSearchParams): Days | null {
  const from = params.get('from');
  const to = params.get('to');
  return isDay(from) && isDay(to) && from < to ? { from, to } : null;
}

/** Reads a view from an address; what it does not know is ignored. */
export function parseView(params: URLSearchParams): View {
  const filters: Filters = {};
  for (const dimension of dimensions) {
    const text = params.get(dimension);
    if (text !== null) filters[dimension] = parseFilter(text);
  }
  const tz = params.get('tz');
  return {
    range: parseDays(params) ?? oneOf<Range>(params.get('range'), ranges, '30d'),
    traffic: oneOf(params.get('traffic'), traffics, defaultView.traffic),
    tz: isZone(tz) ? tz : null,
    filters,
  };
}

/** Writes a view into an address. `parseView(formatView(v))` equals `v`. */
export function formatView(view: View): URLSearchParams {
  const params = new URLSearchParams();
  if (typeof view.range !== 'string') {
    params.set('from', view.range.from);
    params.set('to', view.range.to);
  } else if (view.range !== defaultView.range) params.set('range', view.range);
  if (view.tz !== null) params.set('tz', view.tz);
  if (view.traffic !== defaultView.traffic) params.set('traffic', view.traffic);
  for (const dimension of dimensions) {
    const filter = view.filters[dimension];
    if (filter) params.set(dimension, formatFilter(filter));
  }
  return params;
}

/** `to` with the view that the address `search` holds: how the navigation carries it along. */
export function withView(to: string, search: string): string {
  const carried = formatView(parseView(new URLSearchParams(search))).toString();
  return carried ? `${to}?${carried}` : to;
}

/** The parameters for /api/v1/stats/…; `link`, one id or several with commas, narrows them. */
export function statsQuery(view: View, tz: string, link?: string): StatsQuery {
  const range = typeof view.range === 'string' ? { range: view.range } : view.range;
  const query: Record<string, string> = { ...range, tz };
  for (const [dimension, filter] of Object.entries(view.filters)) {
    query[dimension] = formatFilter(filter);
  }
  if (view.traffic !== 'human') query.traffic = view.traffic;
  if (link) query.link = link;
  return query as StatsQuery;
}

/** How often a visible page asks again, in ms: long ranges cost more and change less. */
export function refreshMs(range: Range | Days): number {
  if (range === '12mo' || range === 'all') return 30_000;
  const days = typeof range === 'string' ? Number.parseInt(range) : dayCount(range);
  if (days > 92) return 30_000;
  return range !== '24h' && days > 31 ? 10_000 : 5_000;
}

/** Whether clicks can still come into the range, so that its last bucket is not complete. */
export function isFilling(range: Range | Days, asOf: string, tz: string): boolean {
  return typeof range === 'string' || range.to > dayIn(tz, new Date(asOf));
}

/** The same view with one filter set, or taken away by null. */
export function withFilter(view: View, dimension: Dimension, filter: Filter | null): View {
  const filters = { ...view.filters };
  if (filter === null) delete filters[dimension];
  else filters[dimension] = filter;
  return { ...view, filters };
}
