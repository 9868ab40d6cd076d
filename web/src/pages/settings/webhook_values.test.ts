// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { checkWebhook, emptyWebhook, toCreate, toPatch } from './webhook_values';

const own = { ...emptyWebhook, name: ' Sales ', url: 'https://hooks.example/in' };

test('a receiver of one’s own has a URL, events and a signature', () => {
  expect(toCreate(own)).toEqual({
    format: 'standard',
    name: 'Sales',
    url: 'https://hooks.example/in',
    events: ['link.clicked'],
    filter: { links: [], campaigns: [], traffic: 'human' },
    mode: 'single',
    signature: 'hmac',
    ip: 'none',
    enabled: true,
  });
});

test('a tool has its key, and a URL only when one is given', () => {
  const made = toCreate({ ...own, format: 'segment', url: '', api_key: 'wk' });
  expect(made).toMatchObject({ format: 'segment', api_key: 'wk' });
  expect(made).not.toHaveProperty('url');
  expect(made).not.toHaveProperty('events');
  expect(made).not.toHaveProperty('signature');
});

test('what is missing is said', () => {
  expect(checkWebhook({ ...emptyWebhook, events: [] }, true)).toEqual({
    name: 'Name what receives it',
    url: 'Where should it be sent?',
    events: 'Choose at least one',
  });
  expect(checkWebhook({ ...own, format: 'mixpanel' }, true)).toHaveProperty('api_key');
  expect(checkWebhook({ ...own, format: 'mixpanel' }, false)).toEqual({});
});

test('a patch has what changed', () => {
  const before = { ...own, name: 'Sales' };
  expect(toPatch(before, own)).toBeNull();
  const filter = { ...before.filter, campaigns: ['spring'] };
  expect(toPatch(before, { ...before, filter, mode: 'batch', api_key: 'new' })).toEqual({
    filter,
    mode: 'batch',
    api_key: 'new',
  });
});
