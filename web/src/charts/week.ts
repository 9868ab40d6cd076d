// SPDX-License-Identifier: Apache-2.0
// Hours of the week, as the server counts them: weekday 1 is Monday, hours 0 to 23 of a zone. Names
// are the reader's; weeks begin on Monday everywhere, as they do in every other number.
import type { Heatmap } from '../api/types';

export type Slot = { weekday: number; hour: number };
type Cell = Heatmap['cells'][number];

// 1 January 2024 was a Monday.
const at = ({ weekday, hour }: Slot) => new Date(Date.UTC(2024, 0, weekday, hour));

export function weekdayName(weekday: number, style: 'short' | 'long', locale?: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' });
  return format.format(at({ weekday, hour: 12 }));
}

/** "09", "9 AM": an hour as the reader writes it. */
export function hourName(hour: number, locale?: string): string {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' });
  return format.format(at({ weekday: 1, hour }));
}

/** "Thursday, 17:00 – 18:00" */
export function slotName(slot: Slot, locale?: string): string {
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  const from = clock.format(at(slot));
  const to = clock.format(at({ ...slot, hour: slot.hour + 1 }));
  return `${weekdayName(slot.weekday, 'long', locale)}, ${from} – ${to}`;
}

/** The hour of the week that zone `tz` has at `now`. */
export function slotOf(now: Date, tz: string): Slot {
  const format = new Intl.DateTimeFormat('en-u-hc-h23', {
    weekday: 'short',
    hour: '2-digit',
    timeZone: tz,
  });
  const parts = format.formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return { weekday: days.indexOf(part('weekday')) + 1, hour: Number(part('hour')) };
}

/** Clicks per hour of a cell, so that a range of ten days does not favour the days it has twice. */
export function rateOf(cell: Cell): number {
  return cell.hours > 0 ? cell.clicks / cell.hours : 0;
}

/** Clicks per hour of all cells together. */
export function averageRate(cells: readonly Cell[]): number {
  const hours = cells.reduce((sum, cell) => sum + cell.hours, 0);
  return hours > 0 ? cells.reduce((sum, cell) => sum + cell.clicks, 0) / hours : 0;
}

export function isSame(a: Slot, b: Slot): boolean {
  return a.weekday === b.weekday && a.hour === b.hour;
}

/** Where an arrow key leads within the week; null for other keys. It stops at the edges. */
export function moved({ weekday, hour }: Slot, key: string): Slot | null {
  const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
  if (key === 'ArrowLeft') return { weekday, hour: within(hour - 1, 0, 23) };
  if (key === 'ArrowRight') return { weekday, hour: within(hour + 1, 0, 23) };
  if (key === 'ArrowUp') return { weekday: within(weekday - 1, 1, 7), hour };
  if (key === 'ArrowDown') return { weekday: within(weekday + 1, 1, 7), hour };
  if (key === 'Home') return { weekday, hour: 0 };
  if (key === 'End') return { weekday, hour: 23 };
  return null;
}
