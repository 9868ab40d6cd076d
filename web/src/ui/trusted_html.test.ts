// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { allowOnlyEmptyHtml } from './trusted_html';

it('only nothing is markup', () => {
  const made: Record<string, (text: string) => string | null> = {};
  allowOnlyEmptyHtml({
    trustedTypes: { createPolicy: (name, { createHTML }) => (made[name] = createHTML) },
  });
  expect(Object.keys(made)).toEqual(['default']);
  expect(['', ' ', 'a', '<b>'].map((text) => made.default?.(text))).toEqual(['', null, null, null]);
});

it('a browser without trusted types goes on', () => allowOnlyEmptyHtml({}));
