// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { forbidMarkupFromStrings } from './trusted_html';

it('what could make an element does not pass', () => {
  const made: Record<string, (text: string) => string | null> = {};
  forbidMarkupFromStrings({
    trustedTypes: { createPolicy: (name, { createHTML }) => (made[name] = createHTML) },
  });
  expect(Object.keys(made)).toEqual(['default']);
  expect(['', 'a > b', '<b>', 'a<b'].map((text) => made.default?.(text))).toEqual([
    '',
    'a > b',
    null,
    null,
  ]);
});

it('a browser without trusted types goes on', () => forbidMarkupFromStrings({}));
