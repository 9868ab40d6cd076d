// SPDX-License-Identifier: Apache-2.0
// Long lists that stay smooth: rows have one height, so which of them the window shows is a
// division, and only those are drawn. The page scrolls, not a box inside it, so that a phone's
// address bar, the space key and find-in-page behave as everywhere else.
import { type RefObject, useEffect, useState } from 'react';

/** Rows `[first, end)`. */
export type RowRange = { first: number; end: number };

/**
 * The rows to draw of a list whose upper edge is `above` pixels above the window's, in a window of
 * `height`, with `spare` rows on either side.
 */
export function rowsInView(
  above: number,
  height: number,
  rowHeight: number,
  count: number,
  spare: number,
): RowRange {
  const first = Math.floor(above / rowHeight) - spare;
  const end = Math.ceil((above + height) / rowHeight) + spare;
  return {
    first: Math.max(0, Math.min(first, count)),
    end: Math.max(0, Math.min(end, count)),
  };
}

/** Follows the window: the rows of the list in `list` that are to be drawn. */
export function useVirtualRows(
  list: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  spare = 6,
): RowRange {
  const [range, setRange] = useState<RowRange>({ first: 0, end: Math.min(count, 20) });
  useEffect(() => {
    let frame = 0;
    const measure = () => {
      frame = 0;
      if (!list.current) return;
      const above = -list.current.getBoundingClientRect().top;
      const next = rowsInView(above, window.innerHeight, rowHeight, count, spare);
      setRange((now) => (now.first === next.first && now.end === next.end ? now : next));
    };
    const later = () => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    measure();
    window.addEventListener('scroll', later, { passive: true });
    window.addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', later);
      window.removeEventListener('resize', later);
    };
  }, [list, count, rowHeight, spare]);
  return range;
}
