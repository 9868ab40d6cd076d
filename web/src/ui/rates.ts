// SPDX-License-Identifier: Apache-2.0
// Rates, their intervals and money, in the reader's language. A rate keeps three significant digits,
// so that 0.0412 and 0.0431 do not both read 4%. An interval is written low to high, as the server
// gives it; nothing is rounded towards certainty: a share below one that would read 100% is >99.9%.
// The locale comes last, as in format.ts.
import type { CostRange } from '../api/types';

const none = '–';
type Range = { low: number; high: number };

function digitsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 0.1) return 1;
  return size >= 0.001 || size === 0 ? 2 : 3;
}

/** A share of one as per cent with enough digits to compare: 0.04123 → 4.12%. */
export function rate(value: number | null | undefined, locale?: string): string {
  if (value == null || !Number.isFinite(value)) return none;
  const format = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: digitsFor(value),
  });
  if (value < 1 && value > 0.9995) return `>${format.format(0.999)}`;
  return format.format(value);
}

/** A Wilson interval of shares: "3.80% to 4.47%"; – where the server has none. */
export function rateRange(range: Range | null | undefined, locale?: string): string {
  return range ? `${rate(range.low, locale)} to ${rate(range.high, locale)}` : none;
}

/** What comes in per cent (CTR) as a share of one. */
export function asShare(percent: number): number;
export function asShare(percent: number | null): number | null;
export function asShare(percent: number | null): number | null {
  return percent === null ? null : percent / 100;
}

/** A difference of shares in percentage points, with its sign: 0.0081 → +0.81 pp. */
export function points(value: number, locale?: string): string {
  const format = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  return `${format.format(value * 100).replace('-', '−')} pp`;
}

export function pointsRange(range: Range | null | undefined, locale?: string): string {
  return range ? `${points(range.low, locale)} to ${points(range.high, locale)}` : none;
}

/** An amount in a currency of ISO 4217; as a plain number while there is no currency. */
export function money(
  value: number | null | undefined,
  currency: string | null,
  locale?: string,
): string {
  if (value == null || !Number.isFinite(value)) return none;
  const maximumFractionDigits = Math.abs(value) < 1 ? 3 : 2;
  const style = currency
    ? ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const)
    : {};
  return new Intl.NumberFormat(locale, {
    ...style,
    minimumFractionDigits: 2,
    maximumFractionDigits,
  }).format(value);
}

/** What a conversion may cost; without an upper end "at least …". */
export function moneyRange(
  range: CostRange | null,
  currency: string | null,
  locale?: string,
): string {
  if (!range) return none;
  const low = money(range.low, currency, locale);
  return range.high === null
    ? `at least ${low}`
    : `${low} to ${money(range.high, currency, locale)}`;
}

/** How likely something is: never 0% or 100%, which no data can show. */
export function likelihood(value: number, locale?: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  if (value > 0.9995) return `>${format.format(0.999)}`;
  return value < 0.0005 ? `<${format.format(0.001)}` : format.format(value);
}

/** A probability of chance: small ones as a bound, 0.00004 → "below 0.001". */
export function chance(p: number, locale?: string): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  return p < 0.001 ? `below ${format.format(0.001)}` : format.format(p);
}
