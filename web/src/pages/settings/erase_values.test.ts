// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { checkErase, emptyErase, toErase } from './erase_values';

test('each way to name whose clicks go', () => {
  expect(toErase({ ...emptyErase, links: ['lnk_7'] })).toEqual({ link: 'lnk_7' });
  expect(toErase({ ...emptyErase, whose: 'removed', link: ' lnk_8 ' })).toEqual({ link: 'lnk_8' });
  const visitor = { click_id: '3M7K', ip: '203.0.113.9', user_agent: 'Mozilla/5.0' };
  expect(toErase({ ...emptyErase, whose: 'click', visitor })).toEqual({
    visitor: { click_id: '3M7K' },
  });
  expect(toErase({ ...emptyErase, whose: 'browser', visitor })).toEqual({
    visitor: { ip: '203.0.113.9', user_agent: 'Mozilla/5.0' },
  });
});

test('a range is sent as moments', () => {
  const body = toErase({ ...emptyErase, links: ['lnk_7'], from: '2026-03-01T10:00' });
  expect(body.from).toBe(new Date('2026-03-01T10:00').toISOString());
  expect(body).not.toHaveProperty('to');
});

test('what is missing is said', () => {
  expect(checkErase(emptyErase)).toHaveProperty('links');
  expect(checkErase({ ...emptyErase, whose: 'removed', link: 'promo' })).toHaveProperty('link');
  expect(Object.keys(checkErase({ ...emptyErase, whose: 'browser' }))).toEqual([
    'visitor.ip',
    'visitor.user_agent',
  ]);
});
