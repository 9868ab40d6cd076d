// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { countries, languages } from './code_names';

it('countries', () => {
  const found = countries('en');
  const codes = found.map(({ value }) => value);
  expect(found.length).toBeGreaterThan(240);
  expect(found.length).toBeLessThan(265);
  for (const code of ['DE', 'AT', 'US', 'XK', 'TW']) expect(codes).toContain(code);
  for (const code of ['DD', 'EU', 'UK', 'ZZ', 'YU']) expect(codes).not.toContain(code);
  expect(found[0]?.label).toBe('Afghanistan');
});

it('languages', () => {
  const codes = languages('en').map(({ value }) => value);
  expect(codes.length).toBeGreaterThan(150);
  for (const code of ['de', 'en', 'zh', 'he']) expect(codes).toContain(code);
  expect(codes).not.toContain('iw');
});
