// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pageSnippet } from './page_snippet';

test('the guide shows the same script', async () => {
  const guide = await readFile(
    new URL('../../../../docs/guides/conversions.md', import.meta.url),
    'utf8',
  );
  expect(guide).toContain(pageSnippet('https://go.example', 'pub_0123456789abcdefghijABCD'));
});
