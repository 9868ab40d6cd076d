// SPDX-License-Identifier: Apache-2.0
// Links of a file, sent a batch at a time. The server refuses a batch with a bad row whole and says
// which rows; they are set aside and the rest of the batch is sent again, so that one mistake does
// not hold up a thousand links. Each request has a key of its own that a repeat of the same request
// would share: an answer that got lost makes no link twice.
import type { EntryFault, Refusal } from '../../api/imports';
import type { ApiError } from '../../api/problem';
import type { LinkCreate } from '../../api/types';

export type ImportRow = { line: number; body: LinkCreate };
export type RefusedRow = { line: number; field: string; detail: string };

export type Progress = { made: number; refused: RefusedRow[]; of: number };
/** `failed` is what ended it before the end. */
export type ImportEnd = Progress & { failed: ApiError | null };

type Post = (links: LinkCreate[], key: string) => Promise<Refusal | null>;

export const batchSize = 500;
/** Tries of one request that got no answer, or one that says to try again. */
const tries = 3;

async function patiently(post: Post, links: LinkCreate[], key: string, pauseMs: number) {
  for (let left = tries - 1; ; left -= 1) {
    const refusal = await post(links, key);
    const again = refusal && (refusal.error.status === 0 || refusal.error.status === 503);
    if (!again || left === 0) return refusal;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Sends all rows; `name` makes this import's keys unlike those of another. */
export async function importRows(
  rows: readonly ImportRow[],
  name: string,
  post: Post,
  onProgress: (progress: Progress) => void,
  pauseMs = 1500,
): Promise<ImportEnd> {
  const refused: RefusedRow[] = [];
  let made = 0;
  const state = () => ({ made, refused: [...refused], of: rows.length });
  for (let at = 0; at < rows.length; at += batchSize) {
    let batch = rows.slice(at, at + batchSize);
    for (let attempt = 0; batch.length > 0; attempt += 1) {
      const key = `${name}-${at}-${attempt}`;
      const links = batch.map((row) => row.body);
      const refusal = await patiently(post, links, key, pauseMs);
      if (!refusal) {
        made += batch.length;
        break;
      }
      if (refusal.faults.length === 0) return { ...state(), failed: refusal.error };
      const bad = new Set<number>();
      for (const fault of refusal.faults) {
        const row = batch[fault.index];
        if (!row || bad.has(fault.index)) continue;
        bad.add(fault.index);
        refused.push(refusedRow(row, fault));
      }
      if (bad.size === 0) return { ...state(), failed: refusal.error };
      batch = batch.filter((_row, index) => !bad.has(index));
      onProgress(state());
    }
    onProgress(state());
  }
  return { ...state(), failed: null };
}

function refusedRow(row: ImportRow, fault: EntryFault): RefusedRow {
  return { line: row.line, field: fault.field ?? '', detail: fault.detail };
}

/** A name that no other import has; works without HTTPS too. */
export function importName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `import-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
