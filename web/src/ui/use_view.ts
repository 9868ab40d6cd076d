// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { formatView, parseView, type View } from '../api/view';
import { browserZone, useTimeZone } from './time_zone';

/**
 * The view in the page's address, and a setter that writes it there as a step of its own, so that
 * the browser's back takes it back.
 */
export function useView(): [View, (next: View) => void] {
  const [params, setParams] = useSearchParams();
  const [zone] = useTimeZone();
  const view = useMemo(() => parseView(params), [params]);
  const change = useCallback(
    (next: View) => {
      // A zone that this browser remembers is not that of whoever opens the address.
      const tz = next.tz ?? (zone === browserZone() ? null : zone);
      setParams(formatView({ ...next, tz }));
    },
    [setParams, zone],
  );
  return [view, change];
}
