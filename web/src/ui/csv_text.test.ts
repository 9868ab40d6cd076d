// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { csvText, parseCsv, unguarded } from './csv_text';

const cells = (text: string) => parseCsv(text).map((row) => row.cells);

describe('parseCsv', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\n1,5;2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['\uFEFFa,b', [['a', 'b']]],
    [
      'a,b\n"x, ""y""",2',
      [
        ['a', 'b'],
        ['x, "y"', '2'],
      ],
    ],
    [
      'a,b\n,\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    [
      'a,b\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['a\n\n\nb\n', [['a'], ['b']]],
    ['a\n"never ends\nb', [['a'], ['never ends\nb']]],
    ['', []],
  ])('%j', (text, rows) => expect(cells(text)).toEqual(rows));

  it('knows on which line of the file a row begins', () => {
    const rows = parseCsv('a,b\n"two\nlines",1\n\nlast,2\n');
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 5]);
  });
});

describe('csvText', () => {
  const table = [
    ['name', 'note'],
    ['=1+1', 'a "b", c'],
    [' -2', 'two\nlines'],
    ['＠x', ''],
  ];

  it('keeps a spreadsheet from evaluating', () => {
    expect(csvText(table)).toBe(
      'name,note\r\n\'=1+1,"a ""b"", c"\r\n\' -2,"two\nlines"\r\n\'＠x,\r\n',
    );
  });

  it('comes back as it was', () => {
    expect(cells(csvText(table)).map((row) => row.map(unguarded))).toEqual(table);
  });

  it('leaves an apostrophe of its own alone', () => expect(unguarded("'tis")).toBe("'tis"));
});
