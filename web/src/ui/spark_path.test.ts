// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { sparkPath } from './spark_path';

it.each([
  [[], ''],
  [[3], ''],
  [[0, 0], 'M0 10L100 10'],
  [[0, 4, 2], 'M0 10L50 0L100 5'],
])('%j is drawn as %j', (values, path) => expect(sparkPath(values, 100, 10)).toBe(path));
