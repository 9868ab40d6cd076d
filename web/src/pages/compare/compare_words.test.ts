// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { defaultView } from '../../api/view';
import { differenceWords, shiftWords, whyNoFigures } from './compare_words';

const difference = (low: number, high: number) => ({
  rate: 'ctr' as const,
  value: 'lnk_2',
  difference: (low + high) / 2,
  interval: { low, high },
  p: 0.01,
});

test('a difference is told only when its range leaves zero', () => {
  expect(differenceWords(difference(0.004, 0.012), 'en-GB')).toEqual({
    tone: 'better',
    text: '+0.8 pp (+0.4 pp to +1.2 pp)',
  });
  expect(differenceWords(difference(-0.012, -0.004), 'en-GB').tone).toBe('worse');
  expect(differenceWords(difference(-0.001, 0.002), 'en-GB').text).toBe(
    'may be chance (−0.1 pp to +0.2 pp)',
  );
  const few = { ...difference(0, 0), interval: null, p: null };
  expect(differenceWords(few).text).toBe('too few to compare');
  expect(differenceWords({ ...few, p: 1 }).text).toBe('no difference seen');
  expect(differenceWords(undefined).text).toBe('');
});

test('why entered figures cannot be shown', () => {
  const utc = { time_zone: 'UTC' };
  const view = defaultView;
  expect(whyNoFigures(view, 'UTC', utc)).toBeNull();
  expect(whyNoFigures(view, 'Europe/Berlin', utc)?.fix).toBe('zone');
  expect(whyNoFigures(view, 'Asia/Katmandu', { time_zone: 'Asia/Kathmandu' })).toBeNull();
  expect(whyNoFigures({ ...view, range: 'all' }, 'Europe/Berlin', utc)).toBeNull();
  expect(whyNoFigures({ ...view, range: '24h' }, 'UTC', utc)?.fix).toBe('days');
});

test('advice is the server’s, and what it rests on is told', () => {
  const shift = {
    from: 'social',
    to: 'email',
    by: 'marginal' as const,
    from_cost: { low: 10, high: null },
    to_cost: { low: 2, high: 4 },
  };
  const advice = shiftWords({ shift, shift_reason: null, currency: 'EUR' }, 'en-GB');
  expect(advice.sentence).toBe('Move money from Social to Email.');
  expect(advice.why[0]).toContain('One conversion more costs €2.00 to €4.00 by Email');
  expect(advice.why[0]).toContain('at least €10.00 by Social');
  const none = shiftWords({ shift: null, shift_reason: 'too_few_conversions', currency: null });
  expect(none.shift).toBe(false);
  expect(none.sentence).toContain('Too few');
});
