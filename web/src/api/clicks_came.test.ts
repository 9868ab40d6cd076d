// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { settleMs, waitToAsk } from './clicks_came';

test('the first click is asked for as soon as it is stored, more of them every few seconds', () => {
  const rows: [askedAt: number, now: number, paceMs: number, wait: number][] = [
    [0, 100_000, 5_000, settleMs],
    [100_000, 100_500, 5_000, 2_500],
    [100_000, 102_900, 5_000, settleMs],
    [100_000, 101_000, 30_000, 9_000],
  ];
  for (const [askedAt, now, pace, wait] of rows) {
    expect(waitToAsk(askedAt, now, pace)).toBe(wait);
  }
});
