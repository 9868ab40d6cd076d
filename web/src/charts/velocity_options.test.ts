// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { chanceText } from './velocity_options';

it.each([
  [0.4, 'ordinary', ''],
  [0.05, 'ordinary', ''],
  [0.01, 'ordinary', 'So many by chance: about 1 in 100'],
  [0.00001, 'spike', 'So many by chance: about 1 in 100,000'],
  [0, 'spike', 'So many by chance: less than 1 in a million'],
  [null, 'learning', 'The baseline is still being learnt'],
  [null, 'ordinary', ''],
] as const)('a chance of %s (%s) is told as %j', (p, state, text) =>
  expect(chanceText({ p, state })).toBe(text),
);
