// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { coverageText } from './coverage_text';

test('says of how many clicks the screen is known, and from where', () => {
  const text = (known: number, share: number | null, beacon: number, user_agent: number) =>
    coverageText({ known, share, by_source: { beacon, user_agent, client_hint: 0 } }, 'en');
  expect(text(0, null, 0, 0)).toBe('No clicks, so no screens.');
  expect(text(0, 0, 0, 0)).toBe('No click told its screen. Landing pages and some apps do.');
  expect(text(5, 0.25, 5, 0)).toBe('Known of 25% of clicks, from landing pages.');
  expect(text(1234, 0.5, 1200, 34)).toBe(
    'Known of 50% of clicks, from landing pages (1,200) and user agents (34).',
  );
});
