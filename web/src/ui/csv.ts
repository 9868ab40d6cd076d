// SPDX-License-Identifier: Apache-2.0
// A table as a CSV file, by the same rules as the server's exports: RFC 4180, UTF-8, a header row,
// and an apostrophe before text that a spreadsheet would run as a formula. Numbers stay numbers.

export type Cell = string | number | boolean | null | undefined;
export type CsvTable = { columns: readonly string[]; rows: readonly (readonly Cell[])[] };

const formula = /^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function written(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv({ columns, rows }: CsvTable): string {
  return [columns, ...rows].map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

/** "Clicks by country" → clicks-by-country.csv */
export function csvName(title: string): string {
  const words = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${words.replace(/^-|-$/g, '') || 'table'}.csv`;
}

/** Hands a table to the browser as a file. */
export function saveCsv(title: string, table: CsvTable): void {
  const url = URL.createObjectURL(new Blob([toCsv(table)], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = csvName(title);
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
