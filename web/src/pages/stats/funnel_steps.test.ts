// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import type { Funnel } from '../../api/types';
import { funnelRows } from './funnel_steps';

const step = (name: string, count: number | null) =>
  ({ step: name, count, rate: null, rate_interval: null }) as Funnel['steps'][number];

it('a step relates to the last one whose count is known', () => {
  const rows = funnelRows([
    step('impression', null),
    step('click', 200),
    step('landing_view', null),
    step('conversion', 10),
  ]);
  expect(rows.map((row) => row.before)).toEqual([
    null,
    null,
    'Clicks of people',
    'Clicks of people',
  ]);
  expect(rows.map((row) => row.width)).toEqual([0, 1, 0, 0.05]);
  expect(rows.map((row) => row.absent !== null)).toEqual([true, false, true, false]);
});

it('nothing is drawn of nothing', () => {
  expect(funnelRows([step('click', 0)])[0]).toMatchObject({ width: 0, absent: null });
});
