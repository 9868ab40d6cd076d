// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { dimensions } from '../api/view';
import { dimensionTitle, isMissing, rowName, valueName } from './dimension_names';

it.each([
  ['country', 'DE', 'Germany'],
  ['country', 'not a code', 'not a code'],
  ['language', 'pt-BR', 'Brazilian Portuguese'],
  ['channel', 'paid_social', 'Paid social'],
  ['channel', 'paid social', 'Paid social'],
  ['channel', '__proto__', '  proto  '],
  ['channel', 'constructor', 'Constructor'],
  ['device', 'toString', 'ToString'],
  ['platform', 'ios', 'iOS'],
  ['device', 'mobile', 'Mobile'],
  ['in_app', 'true', 'Inside an app'],
  ['screen_source', 'none', 'Not reported'],
  ['browser', 'Mobile Safari', 'Mobile Safari'],
  ['campaign', '', 'No campaign'],
  ['country', 'Unknown', 'Unknown'],
  ['traffic', 'scanner_suspect', 'Scanner suspect'],
] as const)('%s %s reads %s', (dimension, value, name) => {
  expect(valueName(dimension, value, 'en')).toBe(name);
});

it('unknown and rest have names of their own in every dimension', () => {
  for (const dimension of dimensions) {
    expect(dimensionTitle(dimension)).not.toBe('');
    expect(rowName(dimension, { value: '', kind: 'unknown', label: null }, 'en')).not.toBe('');
    expect(rowName(dimension, { value: null, kind: 'rest', label: null }, 'en')).toBe(
      'Everything else',
    );
  }
});

it('a link is called by its label', () => {
  const row = { value: 'lnk_1', kind: 'value', label: 'Summer sale' } as const;
  expect(rowName('link', row, 'en')).toBe('Summer sale');
});

it('missing is not the same as the rest', () => {
  expect(isMissing({ value: 'Unknown', kind: 'unknown' })).toBe(true);
  expect(isMissing({ value: '', kind: 'value' })).toBe(true);
  expect(isMissing({ value: null, kind: 'rest' })).toBe(false);
});
