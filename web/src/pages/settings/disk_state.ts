// SPDX-License-Identifier: Apache-2.0
// What the room on the server's disk means: from the reserve on the click store takes nothing more,
// and with no byte left clicks are lost (docs/guides/operate.md, The disk).
/** `reserve` is what the embedded click store leaves free; undefined where there is none. */
export type Disk = { size: number; free: number; reserve: number | undefined };

type DiskState = { tone: 'good' | 'warn' | 'bad'; word: string };

/** Short is less than a gigabyte above the reserve, or than a twentieth of a small disk. */
const shortOf = 1e9;

export function diskState({ size, free, reserve = 0 }: Disk): DiskState {
  if (free <= reserve) return { tone: 'bad', word: 'Full' };
  const isShort = free - reserve < Math.min(shortOf, size / 20);
  return isShort ? { tone: 'warn', word: 'Short' } : { tone: 'good', word: 'Enough' };
}
