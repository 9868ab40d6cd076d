// SPDX-License-Identifier: Apache-2.0
// A file of clicks in pieces that the server takes at once, cut between two clicks. A piece of a
// CSV file begins with the file's own headings.
import type { ClickPiece } from '../../api/imports';

export const pieceRows = 20_000;
const pieceChars = 8 * 1024 * 1024;

/** Where each row of a CSV text begins, in characters and in lines, and where the last one ends. */
function* csvRows(text: string): Generator<{ at: number; end: number; line: number }> {
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const begun = line;
    let end = at;
    let quoted = false;
    for (; end < text.length; end += 1) {
      const mark = text[end];
      if (mark === '"') quoted = !quoted;
      if (mark !== '\n') continue;
      line += 1;
      if (!quoted) break;
    }
    end = Math.min(end + 1, text.length);
    yield { at, end, line: begun };
    at = end;
  }
}

function* plainRows(text: string): Generator<{ at: number; end: number; line: number }> {
  let line = 1;
  for (let at = 0; at < text.length; line += 1) {
    const stop = text.indexOf('\n', at);
    const end = stop < 0 ? text.length : stop + 1;
    yield { at, end, line };
    at = end;
  }
}

/** Whether a file is NDJSON, by its name or else by how it begins. */
export function isNdjson(name: string, text: string): boolean {
  if (/\.(ndjson|jsonl)$/i.test(name)) return true;
  return !/\.csv$/i.test(name) && text.trimStart().startsWith('{');
}

/** The pieces of a file, none empty; `most` rows in each. */
export function clickPieces(name: string, source: string, most = pieceRows): ClickPiece[] {
  const text = source.replace(/^\uFEFF/, '');
  const ndjson = isNdjson(name, text);
  const pieces: ClickPiece[] = [];
  let head = ndjson ? '' : null;
  let first = 0;
  let line = 0;
  let rows = 0;
  const cut = (end: number) => {
    if (rows === 0) return;
    const type = ndjson ? 'application/x-ndjson' : 'text/csv';
    pieces.push({ text: (head ?? '') + text.slice(first, end), type, line });
    rows = 0;
  };
  for (const row of ndjson ? plainRows(text) : csvRows(text)) {
    if (text.slice(row.at, row.end).trim() === '') continue;
    if (head === null) {
      head = text.slice(row.at, row.end).replace(/\r?\n?$/, '\r\n');
      continue;
    }
    if (rows === most || (rows > 0 && row.end - first > pieceChars)) cut(row.at);
    if (rows === 0) {
      first = row.at;
      line = row.line;
    }
    rows += 1;
  }
  cut(text.length);
  return pieces;
}
