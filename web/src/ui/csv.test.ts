// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { csvName, toCsv } from './csv';

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['  @cmd', "'  @cmd"],
  ['-5', "'-5"],
  ['\uff1d1', "'\uff1d1"],
  [-5, '-5'],
  [0.25, '0.25'],
  [true, 'true'],
  [null, ''],
  [undefined, ''],
])('%j is written %j', (cell, text) => {
  expect(toCsv({ columns: ['x'], rows: [[cell]] })).toBe(`x\r\n${text}\r\n`);
});

it('a file is named for what is in it', () => {
  expect(csvName('Clicks by country')).toBe('clicks-by-country.csv');
  expect(csvName('Tag (?src=)')).toBe('tag-src.csv');
  expect(csvName('…')).toBe('table.csv');
});
