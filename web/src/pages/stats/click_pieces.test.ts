// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { clickPieces, isNdjson } from './click_pieces';

describe('clickPieces', () => {
  it('repeats the headings of a CSV file and counts its lines', () => {
    const text = 'time,prefix\r\n1,a\r\n2,"b\nb"\r\n3,c\r\n4,d';
    expect(clickPieces('x.csv', text, 2)).toEqual([
      { text: 'time,prefix\r\n1,a\r\n2,"b\nb"\r\n', type: 'text/csv', line: 2 },
      { text: 'time,prefix\r\n3,c\r\n4,d', type: 'text/csv', line: 5 },
    ]);
  });

  it('cuts NDJSON between lines', () => {
    expect(clickPieces('x.ndjson', '{"a":1}\n\n{"a":2}\n{"a":3}\n', 2)).toEqual([
      { text: '{"a":1}\n\n{"a":2}\n', type: 'application/x-ndjson', line: 1 },
      { text: '{"a":3}\n', type: 'application/x-ndjson', line: 4 },
    ]);
  });

  it.each(['', '\n\n', 'time,prefix\n'])('%j has none', (text) =>
    expect(clickPieces('x.csv', text)).toEqual([]),
  );
});

it.each([
  ['a.ndjson', '', true],
  ['a.csv', '{', false],
  ['a.txt', ' {"time":1}', true],
  ['a', 'time,prefix', false],
])('isNdjson %s %j', (name, text, is) => expect(isNdjson(name, text)).toBe(is));
