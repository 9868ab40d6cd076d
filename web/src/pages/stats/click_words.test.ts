// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Click } from '../../api/types';
import { addressOf, kindOf, placeOf, softwareOf, sourceOf } from './click_words';

const plain = {
  prefix: 'tent',
  token: null,
  country: 'Unknown',
  city: 'Unknown',
  source: '',
  referrer_host: '',
  channel: 'direct',
  browser: 'Unknown',
  os: '',
  outcome: 'redirected',
  traffic: 'human',
} as Click;

test('a click in words, with what is known of it', () => {
  expect(addressOf(plain)).toBe('/tent');
  expect(addressOf({ ...plain, token: 'a' })).toBe('/tent/a');
  expect(placeOf(plain)).toBe('Unknown place');
  expect(placeOf({ ...plain, country: 'DE' })).toBe('Germany');
  expect(placeOf({ ...plain, country: 'DE', city: 'Bonn' })).toBe('Bonn, Germany');
  expect(sourceOf(plain)).toBe('Direct');
  expect(sourceOf({ ...plain, referrer_host: 'example.org' })).toBe('example.org');
  expect(sourceOf({ ...plain, referrer_host: 'example.org', source: 'news' })).toBe('news');
  expect(softwareOf(plain)).toEqual([]);
  expect(softwareOf({ ...plain, browser: 'Firefox' })).toEqual(['Firefox']);
});

test('what is no click of a person says what it is', () => {
  expect(kindOf(plain)).toBeNull();
  expect(kindOf({ ...plain, traffic: 'crawler' })).toBe('Crawler');
  expect(kindOf({ ...plain, traffic: 'crawler', outcome: 'expired' })).toBe('Expired');
});
