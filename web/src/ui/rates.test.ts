// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import {
  asShare,
  chance,
  likelihood,
  money,
  moneyRange,
  points,
  pointsRange,
  rate,
  rateRange,
} from './rates';

test('rates keep enough digits to compare', () => {
  const rows: [number | null, string][] = [
    [0.04123, '4.12%'],
    [0.0431, '4.31%'],
    [0.5, '50%'],
    [0.1234, '12.3%'],
    [0.00012, '0.012%'],
    [0, '0%'],
    [1, '100%'],
    [0.9999, '>99.9%'],
    [1.5, '150%'],
    [null, '–'],
  ];
  for (const [value, text] of rows) expect(rate(value, 'en-GB')).toBe(text);
  expect(rateRange({ low: 0.038, high: 0.0447 }, 'en-GB')).toBe('3.8% to 4.47%');
  expect(rateRange(null, 'en-GB')).toBe('–');
  expect(rate(asShare(4.5), 'de-DE')).toBe('4,5\u00a0%');
});

test('differences are percentage points with their sign', () => {
  expect(points(0.0081, 'en-GB')).toBe('+0.81 pp');
  expect(points(-0.0123, 'en-GB')).toBe('−1.23 pp');
  expect(points(0, 'en-GB')).toBe('0 pp');
  expect(pointsRange({ low: -0.01, high: 0.02 }, 'en-GB')).toBe('−1 pp to +2 pp');
});

test('money is written in its currency, or plainly without one', () => {
  expect(money(1234.5, 'EUR', 'en-GB')).toBe('€1,234.50');
  expect(money(0.1234, 'EUR', 'en-GB')).toBe('€0.123');
  expect(money(2, null, 'en-GB')).toBe('2.00');
  expect(money(null, 'EUR', 'en-GB')).toBe('–');
  expect(moneyRange({ low: 1, high: 2.5 }, 'EUR', 'en-GB')).toBe('€1.00 to €2.50');
  expect(moneyRange({ low: 4, high: null }, 'EUR', 'en-GB')).toBe('at least €4.00');
});

test('nothing is certain', () => {
  expect(likelihood(1, 'en-GB')).toBe('>99.9%');
  expect(likelihood(0.997, 'en-GB')).toBe('99.7%');
  expect(likelihood(0, 'en-GB')).toBe('<0.1%');
});

test('a tiny p is a bound, not zero', () => {
  expect(chance(0.0839, 'en-GB')).toBe('0.084');
  expect(chance(1e-9, 'en-GB')).toBe('below 0.001');
});
