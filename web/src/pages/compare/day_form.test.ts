// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { checkDay, type DayValues, toEntries } from './day_form';

const values: DayValues = {
  link: 'lnk_1',
  day: '2026-11-28',
  impressions: 1200,
  cost: '12,50',
  currency: null,
};

test('only what was entered is sent, amounts exactly', () => {
  expect(checkDay(values, true)).toEqual({});
  expect(toEntries(values)).toEqual({
    impressions: [{ link_id: 'lnk_1', day: '2026-11-28', impressions: 1200 }],
    costs: [{ link_id: 'lnk_1', day: '2026-11-28', amount: '12.50' }],
  });
  expect(toEntries({ ...values, cost: ' ', impressions: 0 })).toEqual({
    impressions: [{ link_id: 'lnk_1', day: '2026-11-28', impressions: 0 }],
    costs: [],
  });
});

test('what is missing or no amount is said at its field', () => {
  expect(checkDay({ ...values, link: null, day: '' }, true)).toEqual({
    link: 'Choose a link',
    day: 'Choose a day',
  });
  expect(checkDay({ ...values, impressions: '', cost: '' }, true)).toHaveProperty('impressions');
  expect(checkDay({ ...values, cost: '1.234,50' }, true)).toHaveProperty('cost');
  expect(checkDay(values, false)).toHaveProperty('currency');
});
