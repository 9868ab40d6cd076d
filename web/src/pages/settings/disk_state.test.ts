// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { diskState } from './disk_state';

const reserve = 64 * 2 ** 20;

it.each([
  [500e9, 100e9, reserve, 'Enough'],
  [500e9, 2e9, reserve, 'Enough'],
  [500e9, 1e9, reserve, 'Short'],
  [10e9, 0.6e9, reserve, 'Enough'],
  [10e9, 0.5e9, reserve, 'Short'],
  [500e9, reserve, reserve, 'Full'],
  [500e9, 0, undefined, 'Full'],
  [500e9, 1, undefined, 'Short'],
] as const)('of %d bytes %d are free, the last %d for the journal: %s', (size, free, kept, word) =>
  expect(diskState({ size, free, reserve: kept }).word).toBe(word),
);
