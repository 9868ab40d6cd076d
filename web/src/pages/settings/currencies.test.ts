// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { currencyChoices } from './currencies';

test('currencies have their code and their name', () => {
  const choices = currencyChoices('ZZZ', 'en');
  expect(choices).toContainEqual({ value: 'EUR', label: 'EUR · Euro' });
  expect(choices).toContainEqual({ value: 'ZZZ', label: 'ZZZ' });
  expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
});
