// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { exportState, exportText, runState } from './export_words';

const shape: Parameters<typeof exportText>[0] = {
  by: null,
  interval: null,
  traffic: 'human',
  format: 'csv',
  period: 'daily',
  filters: {},
};

test.each<[Partial<typeof shape>, string]>([
  [{}, 'Every click of people, as CSV, one file a day'],
  [
    { by: 'country', period: 'monthly', filters: { tag: 'a' } },
    'Counts by country of clicks of people, filtered, as CSV, one file a month',
  ],
  [
    { interval: '15m', traffic: 'all', format: 'parquet' },
    'Counts over time (quarter of an hour) of clicks of people and bots, as Parquet, one file a day',
  ],
])('%o', (patch, text) => {
  expect(exportText({ ...shape, ...patch })).toBe(text);
});

test('states have words', () => {
  expect(exportState({ enabled: true, error: null, waiting: 0, bucket: null }).word).toBe(
    'Up to date',
  );
  expect(exportState({ enabled: true, error: 'disk', waiting: 1, bucket: null }).tone).toBe('bad');
  const run = { state: 'waiting', reason: null, error: null, anew: false } as const;
  expect(runState(run).word).toBe('Waiting');
  expect(runState({ ...run, error: 'no room' }).word).toBe('Not written yet');
  expect(runState({ ...run, state: 'ready', anew: true }).word).toBe('Ready, made anew');
  expect(runState({ ...run, state: 'removed', reason: 'erased' }).word).toContain('erased');
});
