// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { latelyMinutes, latelyOf, latelyWindow } from './lately';

test('the half hour ends with the minute of now', () => {
  const window = { from: '2026-11-29T11:35:00.000Z', to: '2026-11-29T12:05:00.000Z' };
  expect(latelyWindow('2026-11-29T12:04:00.000Z')).toEqual(window);
  expect(latelyWindow('2026-11-29T12:04:59.999Z')).toEqual(window);
});

test('the rate is that of whole minutes', () => {
  const quiet = Array.from({ length: latelyMinutes - 6 }, () => 0);
  const minutes = [...quiet, 5, 0, 0, 0, 5, 40];
  expect(latelyOf(minutes)).toEqual({ clicks: 50, perMinute: 2, minutes });
  expect(latelyOf([3])).toEqual({ clicks: 3, perMinute: 0, minutes: [3] });
});
