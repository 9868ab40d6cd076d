// SPDX-License-Identifier: Apache-2.0
// Calendar days as the API writes them, `2026-11-22`, without time or zone. Arithmetic runs on UTC
// midnights, where every day has 24 hours; the zone only decides which day it is now.

const dayMs = 86_400_000;

/** Days from `from` up to, not including, `to`. */
export type Days = { from: string; to: string };

/** Whether the text is a day that the calendar has, 1970 to 9999. */
export function isDay(text: string | null | undefined): text is string {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text) || text < '1970') return false;
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

export function dayCount({ from, to }: Days): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

/** Whether the text is a time zone that this browser knows. */
export function isZone(text: string | null | undefined): text is string {
  if (!text) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
}

/**
 * Whether two zones have had the same time for a year: they are one under two names, which browsers
 * and people choose between, or their days are the same all the same.
 */
export function haveSameDays(one: string, other: string, now: Date): boolean {
  if (one === other) return true;
  if (!isZone(one) || !isZone(other)) return false;
  const [first, second] = [one, other].map(
    (timeZone) =>
      new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  );
  for (let day = 0; day <= 366; day += 1) {
    const at = now.getTime() - day * dayMs;
    if (first?.format(at) !== second?.format(at)) return false;
  }
  return true;
}

/** The day that zone `tz` has at `now`. */
export function dayIn(tz: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: tz,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** "1 – 14 Nov 2026": both ends are days that belong to it. */
export function daysLabel(days: Days, locale?: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.formatRange(new Date(days.from), new Date(addDays(days.to, -1)));
}

/** Both days as a reader picks them: the last one belongs to the range. */
export type PickedDays = { first: string; last: string };

/** What is wrong with two picked days, by field; nothing when they make a range. */
export function checkPicked({ first, last }: PickedDays, today: string): Partial<PickedDays> {
  const problems: Partial<PickedDays> = {};
  if (!isDay(first)) problems.first = 'Choose a day';
  else if (first > today) problems.first = 'This day is still to come';
  if (!isDay(last)) problems.last = 'Choose a day';
  else if (last > today) problems.last = 'This day is still to come';
  else if (isDay(first) && last < first) problems.last = 'This is before the first day';
  return problems;
}

export function daysOf({ first, last }: PickedDays): Days {
  return { from: first, to: addDays(last, 1) };
}

/** Weeks begin on Monday. */
function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** Ranges that people ask for by name, whole days up to and with `today`. */
export function namedDays(today: string): { name: string; days: Days }[] {
  const tomorrow = addDays(today, 1);
  const monday = mondayOf(today);
  const first = `${today.slice(0, 7)}-01`;
  const firstBefore = `${addDays(first, -1).slice(0, 7)}-01`;
  return [
    { name: 'Today', days: { from: today, to: tomorrow } },
    { name: 'Yesterday', days: { from: addDays(today, -1), to: today } },
    { name: 'This week', days: { from: monday, to: tomorrow } },
    { name: 'Last week', days: { from: addDays(monday, -7), to: monday } },
    { name: 'This month', days: { from: first, to: tomorrow } },
    { name: 'Last month', days: { from: firstBefore, to: first } },
  ];
}
