// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { byDay } from './figures';

test('impressions and costs of a day are one row, newest first', () => {
  const rows = byDay(
    [
      { link_id: 'lnk_1', day: '2026-11-01', impressions: 100 },
      { link_id: 'lnk_1', day: '2026-11-03', impressions: 300 },
    ],
    [
      { day: '2026-11-03', amount: '12.5' },
      { day: '2026-11-02', amount: '4' },
    ],
  );
  expect(rows).toEqual([
    { day: '2026-11-03', impressions: 300, cost: '12.5' },
    { day: '2026-11-02', impressions: null, cost: '4' },
    { day: '2026-11-01', impressions: 100, cost: null },
  ]);
});
