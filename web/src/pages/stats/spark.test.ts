// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { sparkPath } from './spark';

it.each([
  [[0, 5, 10], 'M0 20L50 10L100 0'],
  [[0, 0], 'M0 20L100 20'],
  [[7], ''],
  [[], ''],
])('%o', (values, path) => expect(sparkPath(values, 100, 20)).toBe(path));
