// SPDX-License-Identifier: Apache-2.0
// What was typed into a form and not sent. A form that is closed by a slip (Escape, a press beside
// it, the browser's way back) opens again as it was. Drafts live in the query cache: in memory
// only, and gone with everything else when somebody logs out.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

export type Draft<T> = {
  read: () => T | undefined;
  /** undefined forgets it. */
  keep: (draft: T | undefined) => void;
};

export function useDraft<T>(name: string): Draft<T> {
  const client = useQueryClient();
  const key = ['draft', name];
  return {
    read: () => client.getQueryData<T>(key),
    keep: (draft) => {
      if (draft === undefined) return client.removeQueries({ queryKey: key });
      client.setQueryDefaults(['draft'], { gcTime: Infinity });
      client.setQueryData<T>(key, draft);
    },
  };
}

/** The browser asks before the page is left while `dirty`. */
export function useLeaveWarning(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
}
