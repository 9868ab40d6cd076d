// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Alert, AlertEvidence } from '../../api/types';
import { alertState, evidenceText, ruleText } from './alert_words';

const rule: Parameters<typeof ruleText>[0] = {
  what: 'spike',
  interval: 'hour',
  platform: null,
  measure: null,
  bound: null,
  value: null,
  hours: null,
  filters: {},
};

test.each<[Partial<Alert>, string]>([
  [{}, 'Far more clicks in an hour than usual'],
  [
    { filters: { country: '!DE', tag: 'spring' } },
    'Far more clicks in an hour than usual, where country is not DE and link tag is spring',
  ],
  [{ what: 'drop', interval: 'day' }, 'A platform falls away for a day'],
  [{ what: 'drop', platform: 'ios' }, 'Clicks from iOS fall away for an hour'],
  [
    { what: 'threshold', measure: 'clicks', bound: 'at_least', value: 1000 },
    'At least 1,000 clicks in an hour',
  ],
  [
    { what: 'threshold', measure: 'conversions', bound: 'below', value: 1, interval: 'day' },
    'Fewer than 1 conversions in a day',
  ],
  [{ what: 'bots_share', value: 0.4 }, 'Bots are 40% or more of the clicks of an hour'],
  [{ what: 'no_clicks', hours: 1 }, 'No click of a person for 1 hour'],
])('%o', (patch, text) => {
  expect(ruleText({ ...rule, ...patch }, 'en')).toBe(text);
});

const evidence: AlertEvidence = {
  from: '2026-11-29T10:00:00.000Z',
  to: '2026-11-29T11:00:00.000Z',
  count: 412,
  expected: null,
  p: null,
  share: null,
  platform: null,
  doubt: null,
};

test.each<[Partial<AlertEvidence>, string]>([
  [{}, '412 clicks.'],
  [
    { expected: 51.7, p: 0.00001 },
    '412 clicks, where about 52 are usual. Its past brings that about once in 100,000 times.',
  ],
  [
    { expected: 5, p: 0 },
    '412 clicks, where about 5 are usual. Its past makes that all but impossible.',
  ],
  [{ share: 0.5 }, '50% of 412 clicks were of bots.'],
  [{ platform: 'android', count: 0 }, '0 clicks from Android.'],
  [{ doubt: 'learning' }, '412 clicks. Its past is too short to judge by: it still learns.'],
])('%o', (patch, text) => {
  expect(evidenceText({ ...evidence, ...patch }, 'clicks', 'en')).toBe(text);
});

test('one that is off is off', () => {
  expect(alertState({ enabled: false, state: 'firing' }).word).toBe('Off');
  expect(alertState({ enabled: true, state: 'unknown' }).word).toBe('Not known yet');
});
