// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Link, LinkEdit, LinkFieldChange } from '../../api/types';
import { editWords, insteadOfValues, restoring, valueWords } from './edit_words';

const by = { kind: 'user', id: 'usr_1', name: 'ada@example.com' } as const;
const edit = (changes: LinkFieldChange[], kind: LinkEdit['kind'] = 'updated'): LinkEdit => ({
  id: 'edt_2',
  time: '2027-01-15T08:00:00.000Z',
  kind,
  by,
  changes,
});

describe('valueWords', () => {
  const rows: [LinkFieldChange['field'], unknown, string][] = [
    ['title', null, ''],
    ['title', 'Sale', 'Sale'],
    ['tags', ['a', 'b'], 'a, b'],
    ['tags', [], ''],
    ['utm', { source: 'mail', medium: null, campaign: 'x' }, 'source: mail\ncampaign: x'],
    ['ios', { url: 'app://x', store_url: 'https://s' }, 'url: app://x\nstore url: https://s'],
    ['rules', [{ if: { country: ['DE'] }, destination: 'https://d' }], 'Germany → https://d'],
    [
      'variants',
      [
        { name: 'a', weight: 1, destination: 'https://a' },
        { name: 'b', weight: 3, destination: 'https://b' },
      ],
      'a 25% → https://a\nb 75% → https://b',
    ],
    ['enabled', false, 'off'],
    ['click_limit', 12000, '12,000'],
    ['password', '********', 'asked for'],
    ['expires_at', '2027-01-15T08:00:00.000Z', 'Jan 15, 2027, 09:00 AM'],
  ];
  it.each(rows)('%s %j', (field, value, words) =>
    expect(valueWords(field, value, 'Europe/Berlin', 'en')).toBe(words),
  );
});

describe('what cannot be shown is said', () => {
  const change = { field: 'password', before: '********', after: '********' } as const;
  it('another password', () => expect(insteadOfValues(change)).toBe('changed'));
  it('a first one', () => expect(insteadOfValues({ ...change, before: null })).toBe(null));
  it('long rules', () =>
    expect(
      insteadOfValues({ field: 'rules', before: null, after: null, too_long: true }),
    ).toContain('too long'));
});

describe('editWords', () => {
  it('a person', () =>
    expect(editWords({ kind: 'created', by })).toBe('Created by ada@example.com'));
  it('a key', () =>
    expect(editWords({ kind: 'deleted', by: { kind: 'key', id: 'key_1', name: 'CI' } })).toBe(
      'Deleted by the key “CI”',
    ));
  const system = { kind: 'system', id: null, name: null } as const;
  it('nobody', () =>
    expect(editWords({ kind: 'updated', by: system })).toBe('Changed by the server'));
  it('time', () => expect(editWords({ kind: 'expired', by: system })).toMatch(/^Closed/));
});

describe('restoring', () => {
  const link = { title: 'New', tags: ['a'], password: '********', rules: [] } as unknown as Link;
  const title = { field: 'title', before: 'Old', after: 'New' } as const;
  it('brings back what differs', () =>
    expect(restoring(edit([title, { field: 'tags', before: ['a'], after: ['b'] }]), link)).toEqual({
      title: 'Old',
    }));
  it('leaves passwords and what was not kept', () =>
    expect(
      restoring(
        edit([
          { field: 'password', before: null, after: '********' },
          { field: 'rules', before: null, after: null, too_long: true },
        ]),
        link,
      ),
    ).toBe(null));
  it('only of changes', () => expect(restoring(edit([title], 'created'), link)).toBe(null));
});
