// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { bytes } from './bytes';

test.each([
  [null, '–'],
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [4_182_016, '4.2 MB'],
  [10_737_418_240, '10.7 GB'],
  [5e15, '5,000 TB'],
])('%s → %s', (value, text) => {
  expect(bytes(value, 'en')).toBe(text);
});
