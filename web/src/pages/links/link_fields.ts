// SPDX-License-Identifier: Apache-2.0
// Where in the form a refusal belongs. The server names a field as its JSON has it,
// `rules[0].if.country`; the form has a path, `rules.0.conditions.1.values`, in a section that may
// be closed.
import type { ApiError } from '../../api/problem';
import type { LinkValues } from './link_values';

export const sections = [
  'about',
  'utm',
  'platforms',
  'rules',
  'variants',
  'schedule',
  'password',
  'card',
  'more',
] as const;
export type Section = (typeof sections)[number];

const sectionByField: Record<string, Section | null> = {
  destination: null,
  domain: null,
  prefix: null,
  token: null,
  title: 'about',
  tags: 'about',
  campaign: 'about',
  channel: 'about',
  utm: 'utm',
  ios: 'platforms',
  android: 'platforms',
  rules: 'rules',
  variants: 'variants',
  starts_at: 'schedule',
  expires_at: 'schedule',
  click_limit: 'schedule',
  fallback_url: 'schedule',
  password: 'password',
  og: 'card',
  status: 'more',
  passthrough: 'more',
  append_click_id: 'more',
  landing: 'more',
  privacy: 'more',
};

const topOf = (path: string) => path.split('.')[0] ?? '';

/** The section that a path of the form is in; null for those that are always open. */
export function sectionOf(path: string): Section | null {
  return sectionByField[topOf(path)] ?? null;
}

/** Paths in the order in which the form draws them. */
export function firstPath(paths: readonly string[]): string | undefined {
  const order = Object.keys(sectionByField);
  const place = (path: string) => order.indexOf(topOf(path));
  return [...paths].sort(
    (a, b) => place(a) - place(b) || a.localeCompare(b, 'en', { numeric: true }),
  )[0];
}

/** The form's path for a field as the server names it; null when the form has none. */
export function pathOf(field: string, values: LinkValues): string | null {
  const parts = field
    .replace(/^\//, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split(/[./]/);
  const [top = '', index = '', name, kind, inside] = parts;
  if (!(top in sectionByField)) return null;
  if (top === 'tags') return 'tags';
  if (top === 'rules' && index !== '' && values.rules[Number(index)]) {
    if (name !== 'if') return `rules.${index}.destination`;
    const at = values.rules[Number(index)]?.conditions.findIndex((one) => one.kind === kind) ?? -1;
    if (at < 0) return `rules.${index}.conditions`;
    const own = kind === 'time' || kind === 'query' ? (inside ?? 'from') : 'values';
    return `rules.${index}.conditions.${at}.${own}`;
  }
  if (top === 'variants' && index !== '' && values.variants[Number(index)]) {
    return `variants.${index}.${name ?? 'destination'}`;
  }
  if (top === 'utm' || top === 'ios' || top === 'android' || top === 'og') {
    return index in values[top] ? `${top}.${index}` : null;
  }
  return top;
}

/** Where a refused form shows its error; null when that is above the form. */
export function placeOf(
  error: ApiError,
  values: LinkValues,
): { path: string; message: string } | null {
  const path = error.field ? pathOf(error.field, values) : null;
  return path ? { path, message: error.detail || error.title } : null;
}
