// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { excluding, type Filter, filterText, formatFilter, only, parseFilter } from './filter';

const is = (...values: string[]): Filter => ({ not: false, values });
const isNot = (...values: string[]): Filter => ({ not: true, values });

it.each([
  ['Berlin', 'Berlin'],
  ['Washington, D.C.', 'Washington\\, D.C.'],
  ['!important', '\\!important'],
  ['back\\slash', 'back\\\\slash'],
  ['', ''],
])('filterText %s → %s', (value, text) => expect(filterText(value)).toBe(text));

describe('a filter as text', () => {
  it.each<[string, Filter]>([
    ['', is('')],
    ['DE', is('DE')],
    ['DE,AT', is('DE', 'AT')],
    ['!DE,AT', isNot('DE', 'AT')],
    ['!', isNot('')],
    ['Washington\\, D.C.,Rome', is('Washington, D.C.', 'Rome')],
    ['\\!x', is('!x')],
    ['!\\!x', isNot('!x')],
    ['a\\\\,b', is('a\\', 'b')],
    [',DE', is('', 'DE')],
  ])('%j there and back', (text, filter) => {
    expect(parseFilter(text)).toEqual(filter);
    expect(formatFilter(filter)).toBe(text);
  });

  it.each<[string, Filter]>([
    ['DE,DE', is('DE')],
    ['lonely\\', is('lonely\\')],
    ['a!b', is('a!b')],
    ['\\DE', is('DE')],
  ])('reads %j in spite of its form', (text, filter) => expect(parseFilter(text)).toEqual(filter));
});

it('a click keeps one value, and a second one lets go of it', () => {
  expect(only(undefined, 'DE')).toEqual(is('DE'));
  expect(only(is('DE'), 'DE')).toBeNull();
  expect(only(is('DE', 'AT'), 'DE')).toEqual(is('DE'));
  expect(only(isNot('DE'), 'DE')).toEqual(is('DE'));
});

it('excluding adds up', () => {
  expect(excluding(undefined, 'DE')).toEqual(isNot('DE'));
  expect(excluding(isNot('DE'), 'AT')).toEqual(isNot('DE', 'AT'));
  expect(excluding(isNot('DE'), 'DE')).toEqual(isNot('DE'));
});

it('excluding one of several leaves the others', () => {
  expect(excluding(is('DE', 'AT'), 'DE')).toEqual(is('AT'));
  expect(excluding(is('DE'), 'DE')).toEqual(isNot('DE'));
});
