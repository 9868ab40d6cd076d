// SPDX-License-Identifier: Apache-2.0
// When the stream tells of clicks, the headline is asked at once instead of with its next turn, and
// the panels follow it (refresh.ts). A click is told of before it is stored, so the question waits a
// moment; on a busy page one answer stands for all the clicks of a few seconds.
import { useEffect, useRef } from 'react';

/** A click that a second told of is counted by then. */
export const settleMs = 800;
const leastGapMs = 3_000;

/** In how many ms to ask after clicks came at `now`; long ranges cost more and are asked less. */
export function waitToAsk(askedAt: number, now: number, paceMs: number): number {
  return Math.max(settleMs, askedAt + Math.max(leastGapMs, paceMs / 3) - now);
}

/** Calls `ask` some moments after `last`, the latest second that had clicks, has changed. */
export function useClicksCame(last: string | undefined, ask: () => void, paceMs: number): void {
  const askedAt = useRef(0);
  const cameAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const current = useRef(ask);
  current.current = ask;
  useEffect(() => {
    if (last === undefined) return;
    cameAt.current = Date.now();
    if (timer.current !== undefined) return;
    const fire = () => {
      // Clicks that came since are not stored yet: they are asked for once more.
      const fresh = cameAt.current + settleMs - Date.now();
      timer.current = fresh > 0 ? setTimeout(fire, leastGapMs) : undefined;
      askedAt.current = Date.now();
      current.current();
    };
    timer.current = setTimeout(fire, waitToAsk(askedAt.current, Date.now(), paceMs));
  }, [last, paceMs]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
