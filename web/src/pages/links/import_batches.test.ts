// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../api/imports';
import { ApiError, unreachable } from '../../api/problem';
import type { LinkCreate } from '../../api/types';
import { batchSize, importName, type ImportRow, importRows } from './import_batches';

const rows = (amount: number): ImportRow[] =>
  Array.from({ length: amount }, (_, index) => ({
    line: index + 2,
    body: { destination: `https://e.com/${index}` } as LinkCreate,
  }));

/** A server that refuses destinations ending so, naming at most `named` of them at a time. */
function server(bad: RegExp, named = 100) {
  const calls: { amount: number; key: string }[] = [];
  const post = async (links: LinkCreate[], key: string): Promise<Refusal | null> => {
    calls.push({ amount: links.length, key });
    const faults = links.flatMap(({ destination }, index) =>
      bad.test(destination) ? [{ index, field: 'destination', detail: 'no' }] : [],
    );
    if (faults.length === 0) return null;
    const error = new ApiError(422, 'invalid_items', 'Invalid', '', null, null);
    return { error, faults: faults.slice(0, named) };
  };
  return { calls, post };
}

describe('importRows', () => {
  it('sends batch after batch, each under its own key', async () => {
    const { calls, post } = server(/never/);
    const seen: number[] = [];
    const end = await importRows(rows(batchSize + 7), 'x', post, ({ made }) => seen.push(made));
    expect(end).toEqual({ made: batchSize + 7, refused: [], of: batchSize + 7, failed: null });
    expect(calls).toEqual([
      { amount: batchSize, key: 'x-0-0' },
      { amount: 7, key: `x-${batchSize}-0` },
    ]);
    expect(seen).toEqual([batchSize, batchSize + 7]);
  });

  it('sets refused rows aside by their line, also when they come to light one by one', async () => {
    const { calls, post } = server(/[37]$/, 1);
    const end = await importRows(rows(9), 'x', post, () => {});
    expect(end.made).toBe(7);
    expect(end.refused.map(({ line, field }) => [line, field])).toEqual([
      [5, 'destination'],
      [9, 'destination'],
    ]);
    expect(calls.map(({ key }) => key)).toEqual(['x-0-0', 'x-0-1', 'x-0-2']);
  });

  it('makes nothing of a batch in which all is refused', async () => {
    const end = await importRows(rows(3), 'x', server(/./).post, () => {});
    expect([end.made, end.refused.length, end.failed]).toEqual([0, 3, null]);
  });

  it('asks again under the same key when no answer came, and then gives up', async () => {
    const keys: string[] = [];
    const silent = async (_links: LinkCreate[], key: string) => {
      keys.push(key);
      return { error: unreachable(), faults: [] };
    };
    const end = await importRows(rows(2), 'x', silent, () => {}, 0);
    expect(keys).toEqual(['x-0-0', 'x-0-0', 'x-0-0']);
    expect(end.failed?.code).toBe('unreachable');
    expect(end.made).toBe(0);
  });
});

it('importName differs each time', () => {
  expect(importName()).toMatch(/^import-[0-9a-f]{24}$/);
  expect(importName()).not.toBe(importName());
});
