// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { checkExport, emptyExport, toCreate, toPatch } from './export_values';

const named = { ...emptyExport, name: 'Clicks' };

test('what a file holds is one choice', () => {
  expect(toCreate(named)).toEqual({
    name: 'Clicks',
    period: 'daily',
    format: 'csv',
    by: null,
    interval: null,
    traffic: 'human',
    filters: {},
    raw: false,
    keep: 30,
    enabled: true,
    bucket: null,
  });
  expect(toCreate({ ...named, holds: 'by', by: 'country' })).toMatchObject({
    by: 'country',
    interval: null,
  });
  expect(
    toCreate({ ...named, holds: 'interval', interval: 'day', from: '2026-03-01' }),
  ).toMatchObject({ by: null, interval: 'day', from: '2026-03-01' });
});

test('a patch has what changed', () => {
  expect(toPatch(named, { ...named })).toBeNull();
  expect(
    toPatch(named, { ...named, holds: 'by', keep: 5, filters: [{ name: 'tag', value: 'a' }] }),
  ).toEqual({ by: 'link', keep: 5, filters: { tag: 'a' } });
});

test('a name and a number are needed', () => {
  expect(checkExport({ ...emptyExport, keep: '' })).toEqual({
    name: 'Give it a name',
    keep: 'How many?',
  });
});
