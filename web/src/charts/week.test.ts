// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { averageRate, hourName, moved, rateOf, slotName, slotOf, weekdayName } from './week';

it('is named in the reader’s language', () => {
  expect([1, 7].map((day) => weekdayName(day, 'short', 'en-GB'))).toEqual(['Mon', 'Sun']);
  expect(weekdayName(4, 'long', 'de')).toBe('Donnerstag');
  expect(hourName(9, 'en-GB')).toBe('09');
  expect(hourName(15, 'en-US').replace(/\s/, ' ')).toBe('3 PM');
  expect(slotName({ weekday: 4, hour: 17 }, 'en-GB')).toBe('Thursday, 17:00 – 18:00');
  expect(slotName({ weekday: 7, hour: 23 }, 'en-GB')).toBe('Sunday, 23:00 – 00:00');
});

it.each([
  ['2026-11-29T19:30:00Z', 'UTC', 7, 19],
  ['2026-11-29T19:30:00Z', 'Asia/Kathmandu', 1, 1],
  ['2026-11-29T00:10:00Z', 'UTC', 7, 0],
  ['2026-11-29T03:00:00Z', 'America/New_York', 6, 22],
])('%s in %s is hour %d/%d', (now, tz, weekday, hour) =>
  expect(slotOf(new Date(now), tz)).toEqual({ weekday, hour }),
);

it('rates are per hour that was there', () => {
  const cell = (clicks: number, hours: number) =>
    ({ weekday: 1, hour: 0, clicks, hours, unique_clicks: 0 }) as const;
  expect(rateOf(cell(9, 4.5))).toBe(2);
  expect(rateOf(cell(0, 0))).toBe(0);
  expect(averageRate([cell(9, 4), cell(1, 1)])).toBe(2);
  expect(averageRate([])).toBe(0);
});

it.each([
  ['ArrowLeft', 3, 4],
  ['ArrowRight', 3, 6],
  ['ArrowUp', 2, 5],
  ['ArrowDown', 4, 5],
  ['Home', 3, 0],
  ['End', 3, 23],
])('%s leads to %d/%d', (key, weekday, hour) =>
  expect(moved({ weekday: 3, hour: 5 }, key)).toEqual({ weekday, hour }),
);

it('stops at the edges, and leaves other keys alone', () => {
  expect(moved({ weekday: 1, hour: 0 }, 'ArrowUp')).toEqual({ weekday: 1, hour: 0 });
  expect(moved({ weekday: 7, hour: 23 }, 'ArrowRight')).toEqual({ weekday: 7, hour: 23 });
  expect(moved({ weekday: 1, hour: 0 }, 'x')).toBeNull();
});
