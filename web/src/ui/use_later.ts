// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';

/** True once `ready` was and the browser then had nothing better to do. */
export function useLater(ready: boolean): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    if (!ready || later) return;
    const idle = 'requestIdleCallback' in window; // not in every Safari
    const asked = idle
      ? requestIdleCallback(() => setLater(true), { timeout: 1_000 })
      : window.setTimeout(() => setLater(true), 200);
    return () => (idle ? cancelIdleCallback(asked) : clearTimeout(asked));
  }, [ready, later]);
  return later;
}
