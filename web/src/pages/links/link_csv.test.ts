// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import type { Link } from '../../api/types';
import { csvText, parseCsv } from '../../ui/csv_text';
import { columnOf, linkOfRow, linkTable } from './link_csv';

const link = {
  id: 'lnk_7',
  short_url: 'https://go.example/promo/x',
  domain: null,
  prefix: 'promo',
  token: 'x',
  destination: 'https://shop.example/?a=1,2',
  title: '=SUM(A1)',
  tags: ['one', 'a|b', 'c\\d'],
  campaign: null,
  channel: 'email',
  utm: { source: 'news', medium: null, campaign: null, content: null, term: null },
  ios: { url: null, store_url: 'https://apps.example/1' },
  android: { url: null, store_url: null },
  og: { title: null, description: null, image_url: null },
  starts_at: null,
  expires_at: '2027-01-01T00:00:00.000Z',
  click_limit: 10,
  fallback_url: null,
  status: 302,
  enabled: false,
  passthrough: true,
  append_click_id: false,
  landing: false,
  privacy: 'standard',
  created_at: '2026-01-01T00:00:00.000Z',
} as unknown as Link;

it('what was exported makes the same link', () => {
  const [head, row] = parseCsv(csvText(linkTable([link])));
  const mapping = head?.cells.map(columnOf) ?? [];
  expect(linkOfRow(row!, mapping)).toEqual({
    prefix: 'promo',
    token: 'x',
    destination: 'https://shop.example/?a=1,2',
    title: '=SUM(A1)',
    tags: ['one', 'a|b', 'c\\d'],
    channel: 'email',
    utm: { source: 'news' },
    ios: { store_url: 'https://apps.example/1' },
    expires_at: '2027-01-01T00:00:00.000Z',
    click_limit: 10,
    status: 302,
    enabled: false,
    passthrough: true,
    append_click_id: false,
    landing: false,
    privacy: 'standard',
  });
});

it.each([
  ['Destination', 'destination'],
  ['Long URL', 'destination'],
  ['url', 'destination'],
  ['UTM Source', 'utm_source'],
  ['slug', 'prefix'],
  ['Valid until', 'expires_at'],
  ['colour', undefined],
  ['', undefined],
])('heading %j', (heading, name) => expect(columnOf(heading)?.name).toBe(name));

it('leaves what it cannot read to the server', () => {
  const mapping = ['url', 'clicks limit', 'click_limit', 'expires'].map(columnOf);
  const row = { line: 2, cells: ['https://a.example', '', 'ten', 'some day'] };
  expect(linkOfRow(row, mapping)).toEqual({
    destination: 'https://a.example',
    click_limit: 'ten',
    expires_at: 'some day',
  });
});
