// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Webhook } from '../../api/types';
import { filterWords, standing } from './webhook_words';

const working: Webhook = {
  id: 'wh_1',
  name: 'Sales',
  url: 'https://hooks.example/in',
  events: ['link.clicked'],
  filter: { links: [], campaigns: [], traffic: 'human' },
  format: 'standard',
  mode: 'single',
  signature: 'hmac',
  public_key: null,
  ip: 'none',
  enabled: true,
  off_reason: null,
  state: 'ok',
  failures_in_row: 0,
  failing_since: null,
  next_probe_at: null,
  last_success_at: '2026-11-29T10:00:00.000Z',
  last_error: null,
  waiting: 0,
  dead: 0,
  previous_secret_until: null,
  created_at: '2026-11-01T10:00:00.000Z',
  updated_at: '2026-11-01T10:00:00.000Z',
};

test.each<[Partial<Webhook>, string]>([
  [{}, 'Working'],
  [{ last_success_at: null }, 'Nothing sent yet'],
  [{ failures_in_row: 3 }, 'Failing'],
  [{ failures_in_row: 20, state: 'down' }, 'Down'],
  [{ enabled: false }, 'Off'],
  [{ enabled: false, off_reason: 'gone' }, 'Off: receiver gone'],
  [{ enabled: false, off_reason: 'failing', state: 'down' }, 'Off: five days of failures'],
])('%o is %s', (patch, word) => {
  expect(standing({ ...working, ...patch }).word).toBe(word);
});

test('a filter is a sentence', () => {
  expect(filterWords(working.filter)).toBe('Clicks of people');
  expect(filterWords({ links: ['lnk_1'], campaigns: ['a', 'b'], traffic: 'all' })).toBe(
    'Clicks of people and bots, on one link, with campaign a or b',
  );
});
