// SPDX-License-Identifier: Apache-2.0
// What a bucket of the time series is called: short on the axis, in full in the tooltip and the
// table. A bucket is named by its start, in the zone in which the server cut it.

type Format = Intl.DateTimeFormatOptions;

const axis: Record<string, Format> = {
  minute: { hour: '2-digit', minute: '2-digit' },
  '15m': { hour: '2-digit', minute: '2-digit' },
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: '2-digit' },
};

const full: Record<string, Format> = {
  minute: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  '15m': { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  week: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
};

const words: Record<string, string> = {
  minute: 'minute',
  '15m': '15 minutes',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
};

function write(format: Format | undefined, start: string, tz: string, locale?: string): string {
  const at = new Date(start);
  if (Number.isNaN(at.getTime())) return start;
  return new Intl.DateTimeFormat(locale, { ...format, timeZone: tz }).format(at);
}

export function axisLabel(start: string, interval: string, tz: string, locale?: string): string {
  return write(axis[interval], start, tz, locale);
}

export function fullLabel(start: string, interval: string, tz: string, locale?: string): string {
  const text = write(full[interval], start, tz, locale);
  return interval === 'week' ? `Week of ${text}` : text;
}

/** "day", "15 minutes" … for "Clicks per …". */
export function intervalWord(interval: string): string {
  return words[interval] ?? interval;
}
