// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import type { Summary } from '../../api/types';
import type { Point } from '../../charts/series';
import { figuresOf, shapeOf } from './headline_figures';

const summary = (more: Partial<Summary>): Summary =>
  ({
    clicks: 300,
    unique_clicks: 250,
    visitors: 200,
    bots: 7,
    ctr: null,
    ctr_interval: null,
    impressions: null,
    more_clicks_than_impressions: false,
    conversions: 0,
    converted_clicks: 0,
    conversion_rate: 0,
    conversion_rate_interval: null,
    previous: null,
    change: null,
    ...more,
  }) as Summary;

const labels = (data: Summary | undefined) => figuresOf(data, 'human').map((one) => one.label);
const four = ['Clicks', 'Unique clicks (per day)', 'Visitors', 'Bots, apart'];

it('has the four of counting, also before there is an answer', () => {
  expect(labels(undefined)).toEqual(four);
  expect(labels(summary({}))).toEqual(four);
});

it('has CTR and conversions where there is anything to say', () => {
  expect(labels(summary({ ctr: 4.4 }))).toEqual([...four, 'CTR']);
  expect(labels(summary({ conversions: 1 }))).toEqual([...four, 'Conversions']);
  expect(labels(summary({ converted_clicks: 2, ctr: 1 }))).toEqual([...four, 'CTR', 'Conversions']);
});

it('CTR with its range, or why it has none', () => {
  const range = { ctr: 4.43, ctr_interval: { low: 4.391, high: 4.474 }, impressions: 9000 };
  expect(figuresOf(summary(range), 'human')[4]).toMatchObject({
    text: '4.43%',
    note: '9,000 impressions, so 4.39% to 4.47%',
  });
  const few = figuresOf(summary({ ctr: 130, more_clicks_than_impressions: true }), 'human')[4];
  expect(few?.note).toContain('too few');
});

it('what traffic is looked at is in the name', () => {
  expect(figuresOf(summary({}), 'bot')[0]).toMatchObject({ label: 'Bot clicks' });
  expect(figuresOf(summary({ ctr: 4, conversions: 3 }), 'bot')).toHaveLength(4);
  expect(figuresOf(summary({ visitors: null }), 'bot')[2]).toMatchObject({ text: '–', note: '' });
  expect(figuresOf(summary({}), 'human')[2]).toMatchObject({ note: '1.5 clicks each' });
});

it('a shape ends before what still fills up', () => {
  const points = [4, 5, 1].map((clicks) => ({ clicks, unique_clicks: null, bots: 0 }) as Point);
  expect(shapeOf(points, 'clicks', true)).toEqual([4, 5]);
  expect(shapeOf(points, 'clicks', false)).toEqual([4, 5, 1]);
  expect(shapeOf(points, 'unique', false)).toEqual([0, 0, 0]);
});
