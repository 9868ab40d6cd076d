// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { rowsInView } from './virtual_rows';

it.each([
  ['at the top', 0, 100, { first: 0, end: 12 }],
  ['below the window', -2000, 100, { first: 0, end: 0 }],
  ['in the middle', 1000, 100, { first: 18, end: 32 }],
  ['between two rows', 1025, 100, { first: 18, end: 33 }],
  ['at the end', 4600, 100, { first: 90, end: 100 }],
  ['past the end', 9000, 100, { first: 100, end: 100 }],
  ['nothing there', 0, 0, { first: 0, end: 0 }],
])('rows of 50 px in 500 px, 2 spare, %s', (_what, above, count, range) =>
  expect(rowsInView(above, 500, 50, count, 2)).toEqual(range),
);
