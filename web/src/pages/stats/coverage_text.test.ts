// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { coverageText, hoursCoverageText } from './coverage_text';

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

test('says of how many clicks the hour is known', () => {
  const text = (known: number, share: number | null) => hoursCoverageText({ known, share }, 'en');
  expect(text(0, null)).toBe('No clicks, so no hours.');
  expect(text(0, 0)).toBe('Of no click it is known which clock its visitor goes by.');
  expect(text(7, 1)).toBe('Each click in the hour where its visitor is.');
  expect(text(3, 0.75)).toBe(
    'Each click in the hour where its visitor is: known of 75% of clicks, the others are left out.',
  );
  expect(text(99999, 0.99999)).toContain('known of 99.9% of clicks');
});
