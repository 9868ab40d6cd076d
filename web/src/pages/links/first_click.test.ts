// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { clickWords } from './first_click';

it.each([
  ['DE', 'Firefox', 'Android', 'from Germany, with Firefox on Android'],
  ['Unknown', 'Chrome', 'Linux', 'with Chrome on Linux'],
  ['FR', 'Unknown', 'Unknown', 'from France'],
  ['Unknown', 'Instagram', 'Unknown', 'with Instagram'],
  ['Unknown', 'Unknown', 'iOS', ''],
])('%s %s %s', (country, browser, os, words) =>
  expect(clickWords({ country, browser, os }, 'en')).toBe(words),
);
