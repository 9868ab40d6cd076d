// SPDX-License-Identifier: Apache-2.0
// Sending many links or clicks from a file. The server takes a list whole or not at all and names
// the entries at fault, by their place or by the line of the file.
import { api } from './client';
import { type ApiError, errorFromAnswer, unreachable } from './problem';
import type { ImportResult, LinkCreate } from './types';

/** What is wrong with one entry; `index` is its place in the list, `line` that in the file. */
export type EntryFault = {
  index: number;
  line?: number | undefined;
  field?: string | undefined;
  detail: string;
};

export type Refusal = { error: ApiError; faults: EntryFault[] };

function refusalOf(response: Response, body: unknown): Refusal {
  const { errors } = (body ?? {}) as { errors?: EntryFault[] };
  return {
    error: errorFromAnswer(response.status, body, response.headers),
    faults: Array.isArray(errors) ? errors : [],
  };
}

/** Makes all of `links`, or none: then the refusal. The same key never makes them twice. */
export async function postLinks(links: LinkCreate[], key: string): Promise<Refusal | null> {
  try {
    const { response, error } = await api.POST('/api/v1/links/bulk', {
      params: { header: { 'Idempotency-Key': key } },
      body: { links },
    });
    return response.ok ? null : refusalOf(response, error);
  } catch {
    return { error: unreachable(), faults: [] };
  }
}

export type ClickPiece = {
  text: string;
  type: 'text/csv' | 'application/x-ndjson';
  /** Line of its first click in the file. */
  line: number;
};

type Sent = { result: ImportResult } | { refusal: Refusal };

/** Stores the clicks of a piece; with `check` only says whether it could. */
export async function postClicks(piece: ClickPiece, check: boolean, more: boolean): Promise<Sent> {
  const query = { check: check ? '1' : '0', more: more ? '1' : '0', line: piece.line } as const;
  try {
    const { response, data, error } = await api.POST('/api/v1/import/clicks', {
      params: { query },
      headers: { 'Content-Type': piece.type },
      body: piece.text as never,
      bodySerializer: (text) => text as unknown as string,
    });
    return data ? { result: data } : { refusal: refusalOf(response, error) };
  } catch {
    return { refusal: { error: unreachable(), faults: [] } };
  }
}
