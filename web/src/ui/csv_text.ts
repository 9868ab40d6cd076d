// SPDX-License-Identifier: Apache-2.0
// CSV as RFC 4180 has it, read and written. A cell that a spreadsheet would evaluate gets a leading
// apostrophe on the way out, as in the server's exports, and loses it on the way in, so that what
// was exported can be imported again.

export type CsvRow = {
  /** Line of the file on which the row begins, from 1. */
  line: number;
  cells: string[];
};

const evaluated = /^\s*[=+\-@＝＋－＠\t\r\n]/;

function written(cell: string): string {
  const safe = evaluated.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

/** What a cell held before it was kept from being evaluated. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && evaluated.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** The separator that the first line uses most: spreadsheets of many countries write semicolons. */
function separatorOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const count = (mark: string) => head.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** All rows of a text, empty lines left out. A quote that never ends takes the rest as its cell. */
export function parseCsv(source: string): CsvRow[] {
  const text = source.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  let at = 0;
  const endRow = () => {
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begun, cells });
    cells = [];
  };
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        const stop = end < 0 ? text.length : end;
        cell += text.slice(at, stop);
        at = stop + 1;
        if (text[at] !== '"' || end < 0) break;
        cell += '"';
        at += 1;
      }
      line += cell.split('\n').length - 1;
    }
    let end = at;
    while (end < text.length && text[end] !== separator && !/[\r\n]/.test(text[end] as string)) {
      end += 1;
    }
    cells.push(cell + text.slice(at, end));
    at = end;
    if (text[at] === separator) {
      at += 1;
      if (at >= text.length) cells.push('');
      continue;
    }
    endRow();
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    line += 1;
    begun = line;
  }
  if (cells.length > 0) endRow();
  return rows;
}
