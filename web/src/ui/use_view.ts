// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { formatView, parseView, type View } from '../api/view';

/**
 * The view in the page's address, and a setter that writes it there without a new history entry.
 */
export function useView(): [View, (next: View) => void] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseView(params), [params]);
  const change = useCallback(
    (next: View) => setParams(formatView(next), { replace: true }),
    [setParams],
  );
  return [view, change];
}
