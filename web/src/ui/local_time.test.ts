// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localText, momentOf } from './local_time';

const zoneBefore = process.env.TZ;
beforeAll(() => void (process.env.TZ = 'Europe/Berlin'));
afterAll(() => {
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
});

describe('a moment in the browser’s zone', () => {
  it.each([
    ['2026-12-01T10:00', '2026-12-01T09:00:00.000Z'],
    ['2026-07-01T00:30', '2026-06-30T22:30:00.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
  ])('%s is %s, there and back', (text, iso) => {
    expect(momentOf(text)).toBe(iso);
    expect(localText(iso)).toBe(text);
  });

  it('of an hour that comes twice is the first', () => {
    expect(momentOf('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(localText('2026-10-25T01:30:00Z')).toBe('2026-10-25T02:30');
  });

  it.each(['', '2026-12-01', '2026-02-30T10:00', '2026-03-29T02:30', 'soon'])(
    '%j names none',
    (text) => expect(momentOf(text)).toBeNull(),
  );

  it('is written without seconds, and as nothing when there is none', () => {
    expect(localText('2026-12-28T13:20:59.999Z')).toBe('2026-12-28T14:20');
    expect(localText(null)).toBe('');
    expect(localText('never')).toBe('');
  });
});
