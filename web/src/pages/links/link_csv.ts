// SPDX-License-Identifier: Apache-2.0
// Links as rows of a table: one list of columns for what is exported and for what is imported, so
// that one file goes both ways. Columns are found by their heading, in any order; a few names that
// other shorteners use for the same thing are understood. What is a list or a tree in the API
// (rules, variants) has no column.
import type { Link, LinkCreate } from '../../api/types';
import { type CsvRow, unguarded } from '../../ui/csv_text';
import { utmNames } from './link_values';

type Column = {
  name: string;
  /** Other headings for it, in lower case without marks. */
  also?: readonly string[];
  of: (link: Link) => string | number | boolean | null | undefined;
  /** Puts what a cell says into a link to be made. Left out: the column is for reading only. */
  put?: (body: Record<string, unknown>, text: string) => void;
};

type Nested = 'utm' | 'ios' | 'android' | 'og';

const into = (name: string) => (body: Record<string, unknown>, text: string) => {
  body[name] = text;
};

const nested = (group: Nested, name: string): Pick<Column, 'of' | 'put'> => ({
  of: (link) => (link[group] as Record<string, string | null>)[name],
  put: (body, text) => {
    body[group] = { ...(body[group] as object | undefined), [name]: text };
  },
});

const yes = /^(1|true|yes|on)$/i;
const flag = (name: 'enabled' | 'passthrough' | 'append_click_id' | 'landing') => ({
  name,
  of: (link: Link) => link[name],
  put: (body: Record<string, unknown>, text: string) => {
    body[name] = yes.test(text);
  },
});

const text = (
  name:
    | 'domain'
    | 'prefix'
    | 'token'
    | 'destination'
    | 'title'
    | 'campaign'
    | 'channel'
    | 'fallback_url',
  ...also: string[]
): Column => ({ name, also, of: (link) => link[name], put: into(name) });

/** "2026-12-01" and times without a zone mean this browser's; the API wants an offset. */
function moment(cell: string): string {
  const at = new Date(/^\d{4}-\d\d-\d\d$/.test(cell) ? `${cell}T00:00` : cell);
  return Number.isNaN(at.getTime()) ? cell : at.toISOString();
}

export const columns: readonly Column[] = [
  { name: 'id', of: (link) => link.id },
  { name: 'short_url', also: ['shortlink', 'shorturl'], of: (link) => link.short_url },
  text('domain', 'host'),
  text('prefix', 'slug', 'key', 'keyword', 'path', 'alias', 'shortcode', 'backhalf'),
  text('token'),
  text('destination', 'url', 'longurl', 'target', 'targeturl', 'originalurl', 'destinationurl'),
  text('title', 'name'),
  {
    name: 'tags',
    also: ['tag', 'labels'],
    of: (link) => link.tags.map((tag) => tag.replace(/[\\|]/g, '\\$&')).join('|'),
    put: (body, cell) => {
      const parts = cell.match(/(?:\\.|[^|\\])+/g) ?? [];
      body.tags = parts.map((part) => part.replace(/\\(.)/g, '$1').trim()).filter(Boolean);
    },
  },
  text('campaign'),
  text('channel'),
  ...utmNames.map((name) => ({ name: `utm_${name}`, ...nested('utm', name) })),
  { name: 'ios_url', ...nested('ios', 'url') },
  { name: 'ios_store_url', ...nested('ios', 'store_url') },
  { name: 'android_url', ...nested('android', 'url') },
  { name: 'android_store_url', ...nested('android', 'store_url') },
  { name: 'og_title', ...nested('og', 'title') },
  { name: 'og_description', ...nested('og', 'description') },
  { name: 'og_image_url', also: ['ogimage'], ...nested('og', 'image_url') },
  {
    name: 'starts_at',
    of: (link) => link.starts_at,
    put: (body, cell) => void (body.starts_at = moment(cell)),
  },
  {
    name: 'expires_at',
    also: ['expires', 'expiry', 'validuntil'],
    of: (link) => link.expires_at,
    put: (body, cell) => void (body.expires_at = moment(cell)),
  },
  {
    name: 'click_limit',
    also: ['maxclicks', 'maxvisits'],
    of: (link) => link.click_limit,
    put: (body, cell) => void (body.click_limit = /^\d+$/.test(cell) ? Number(cell) : cell),
  },
  text('fallback_url', 'expiredurl'),
  {
    name: 'status',
    of: (link) => link.status,
    put: (body, cell) => void (body.status = /^\d+$/.test(cell) ? Number(cell) : cell),
  },
  flag('enabled'),
  flag('passthrough'),
  flag('append_click_id'),
  flag('landing'),
  { name: 'privacy', of: (link) => link.privacy, put: into('privacy') },
  { name: 'created_at', of: (link) => link.created_at },
];

/** Links as a table with its headings; read back it makes the same links. */
export function linkTable(links: readonly Link[]): string[][] {
  return [
    columns.map((column) => column.name),
    ...links.map((link) => columns.map((column) => String(column.of(link) ?? ''))),
  ];
}

const plain = (heading: string) => heading.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The column under a heading; null when there is none of that name. */
export function columnOf(heading: string): Column | null {
  const wanted = plain(heading);
  const same = (column: Column) =>
    plain(column.name) === wanted || (column.also?.includes(wanted) ?? false);
  return columns.find(same) ?? null;
}

/** The link that a row asks for; empty cells say nothing. */
export function linkOfRow(row: CsvRow, mapping: readonly (Column | null)[]): LinkCreate {
  const body: Record<string, unknown> = {};
  mapping.forEach((column, index) => {
    const cell = unguarded(row.cells[index] ?? '').trim();
    if (column?.put && cell !== '') column.put(body, cell);
  });
  return body as LinkCreate;
}
