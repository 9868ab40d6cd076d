// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { themeSheet } from './theme_sheet';

it('has our variables for both schemes, and none that Mantine has', () => {
  const sheet = themeSheet();
  expect(sheet).toContain('--mantine-color-pine-7: #0f7a5f;');
  expect(sheet.match(/--tm-card: #ffffff;/g)).toHaveLength(1);
  expect(sheet.match(/--tm-card: #181e1b;/g)).toHaveLength(1);
  expect(sheet).not.toContain('--mantine-color-grape-5');
});
