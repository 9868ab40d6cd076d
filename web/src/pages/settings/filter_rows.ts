// SPDX-License-Identifier: Apache-2.0
// The common filters of alerts and scheduled exports as rows of a form: what is compared, and the
// values in the API's own grammar (`DE,AT` any of these, `!DE` all but). The server judges them.
import { type Dimension, dimensions } from '../../api/view';

export type FilterRow = { name: string; value: string };

/** Names that can be filtered by, in the order in which people look for them. */
export const filterNames: readonly Dimension[] = dimensions;

export function rowsOf(filters: Record<string, string | null> | null | undefined): FilterRow[] {
  return Object.entries(filters ?? {}).map(([name, value]) => ({ name, value: value ?? '' }));
}

/** Filters to make something with; rows without a name are left out. */
export function filtersOf(rows: readonly FilterRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.filter(({ name }) => name).map(({ name, value }) => [name, value.trim()]),
  );
}

/** A merge-patch from `before` to `after`: what went is null; null when nothing changed. */
export function filterPatch(
  before: Record<string, string>,
  after: Record<string, string>,
): Record<string, string | null> | null {
  const patch: Record<string, string | null> = {};
  for (const name of Object.keys(before)) if (!(name in after)) patch[name] = null;
  for (const [name, value] of Object.entries(after))
    if (before[name] !== value) patch[name] = value;
  return Object.keys(patch).length > 0 ? patch : null;
}

/** The names under which the server may refuse one of these rows. */
export function filterFieldsOf(rows: readonly FilterRow[]): string[] {
  return ['filters', ...rows.map(({ name }) => `filters.${name}`)];
}

/** Refusals of a form's rows, by the filter's name. */
export function filterErrors(errors: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([field]) => field.startsWith('filters.'))
      .map(([field, message]) => [field.slice('filters.'.length), String(message)]),
  );
}
