// SPDX-License-Identifier: Apache-2.0
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { batched } from './breakdown_batch';
import type { ApiDimension, Breakdown, StatsQuery } from './types';

const week = { range: '7d' } as StatsQuery;
const breakdown = (by: ApiDimension) => ({ by }) as Breakdown;

describe('breakdowns asked in one moment', () => {
  const one = vi.fn(async (by: ApiDimension) => breakdown(by));
  const several = vi.fn(async (by: ApiDimension[]) => by.map(breakdown));
  const ask = batched(one, several);
  const sent = () => [one.mock.calls.length, several.mock.calls.length];
  beforeEach(() => void vi.clearAllMocks());

  it('go as one question, and each asker gets its own', async () => {
    const answers = await Promise.all([
      ask('os', week, 8),
      ask('link', { ...week }, 8),
      ask('os', week, 8),
    ]);
    expect(answers.map(({ by }) => by)).toEqual(['os', 'link', 'os']);
    expect(several).toHaveBeenCalledExactlyOnceWith(['os', 'link'], week, 8);
    expect(sent()).toEqual([0, 1]);
  });

  it('stay apart when they ask something else', async () => {
    await Promise.all([ask('os', week, 8), ask('os', { range: '30d' }, 8), ask('os', week, 9)]);
    expect(sent()).toEqual([3, 0]);
  });

  it('stay apart where the server does not offer them together', async () => {
    await Promise.all([ask('tag', week, 8), ask('os', week, 300), ask('link', week, 300)]);
    expect(sent()).toEqual([3, 0]);
  });

  it('go anew in the next moment', async () => {
    await ask('os', week, 8);
    await ask('link', week, 8);
    expect(sent()).toEqual([2, 0]);
  });

  it('fail together', async () => {
    several.mockRejectedValueOnce(new Error('down'));
    const answers = await Promise.allSettled([ask('os', week, 8), ask('link', week, 8)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('fail where the answer lacks one', async () => {
    several.mockResolvedValueOnce([breakdown('os')]);
    const answers = await Promise.allSettled([ask('os', week, 8), ask('link', week, 8)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});
