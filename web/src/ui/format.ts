// SPDX-License-Identifier: Apache-2.0
// How numbers, shares, times and names are written, in the reader's language. Every function takes
// the locale last, so that tests fix it; pages leave it out and get the browser's.

const none = '–';

/** 1234567 → 1,234,567; – when the server has no number. */
export function count(value: number | null | undefined, locale?: string): string {
  return value == null ? none : new Intl.NumberFormat(locale).format(value);
}

/** For axes and narrow places: 1234567 → 1.2M. */
export function shortCount(value: number, locale?: string): string {
  const format = { notation: 'compact', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, format).format(value);
}

/** A share of one: 0.1234 → 12.3%; anything that exists but would read 0% becomes <0.1%. */
export function share(value: number | null | undefined, locale?: string): string {
  if (value == null || !Number.isFinite(value)) return none;
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return value > 0 && value < 0.0005 ? `<${percent.format(0.001)}` : percent.format(value);
}

/** A number that need not be whole, in three digits that matter: 0.1234 → 0.123, 60.83 → 60.8. */
export function rate(value: number | null | undefined, locale?: string): string {
  if (value == null || !Number.isFinite(value)) return none;
  if (value >= 100) return count(Math.round(value), locale);
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(value);
}

/** What is a percentage already, such as a CTR: 4.4324 → 4.43%. */
export function percent(value: number | null | undefined, locale?: string): string {
  if (value == null || !Number.isFinite(value)) return none;
  const format = { style: 'percent', maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(locale, format).format(value / 100);
}

/** A relative change: 0.25 → +25%, -0.031 → −3.1%; null when there was nothing to compare with. */
export function change(value: number | null | undefined, locale?: string): string | null {
  if (value == null || !Number.isFinite(value)) return null;
  const digits = Math.abs(value) < 0.1 ? 1 : 0;
  const format = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  });
  return format.format(value).replace('-', '−');
}

type TimeStyle = 'minute' | 'second' | 'stamp' | 'day' | 'full';

const timeStyles: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  minute: { hour: '2-digit', minute: '2-digit' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  stamp: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  full: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
};

/** An ISO 8601 time, written in zone `tz`; – for what is not a time. */
export function time(
  iso: string | null | undefined,
  style: TimeStyle,
  tz: string,
  locale?: string,
): string {
  const at = iso ? new Date(iso) : null;
  if (!at || Number.isNaN(at.getTime())) return none;
  return new Intl.DateTimeFormat(locale, { ...timeStyles[style], timeZone: tz }).format(at);
}

/** "3 minutes ago", "2 days ago"; the moment itself is "now". */
export function ago(iso: string, now: Date, locale?: string): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_536_000],
    ['month', 2_592_000],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(Math.trunc(Math.min(seconds, 0)), 'second');
}

/** A URL as people read it: no scheme, no trailing slash. */
export function bareUrl(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
