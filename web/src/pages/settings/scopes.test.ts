// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { scopeLabel, withPublicAlone } from './scopes';

test('the public scope stands alone', () => {
  expect(withPublicAlone(['links:read'], ['links:read', 'convert:public'])).toEqual([
    'convert:public',
  ]);
  expect(withPublicAlone(['convert:public'], ['convert:public', 'admin'])).toEqual(['admin']);
  expect(withPublicAlone(['links:read'], ['links:read', 'admin'])).toEqual(['links:read', 'admin']);
  expect(withPublicAlone(['convert:public'], [])).toEqual([]);
});

test('scopes have words', () => {
  expect(scopeLabel('stats:read')).toBe('Read statistics and clicks');
});
