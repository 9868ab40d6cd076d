// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { shortens } from './retention';

test.each([
  [null, null, false],
  [null, 400, true],
  [400, null, false],
  [400, 90, true],
  [90, 400, false],
  [90, 90, false],
])('%s → %s: %s', (before, after, deletes) => {
  expect(shortens(before, after)).toBe(deletes);
});
