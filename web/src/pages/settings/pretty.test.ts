// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { pretty } from './pretty';

test('JSON is broken into lines, the rest stays', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('{"a":')).toBe('{"a":');
  expect(pretty('<b>no</b>')).toBe('<b>no</b>');
});
