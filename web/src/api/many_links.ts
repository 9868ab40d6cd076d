// SPDX-License-Identifier: Apache-2.0
// Changes to many links, one by one. The lists follow a few times a second and not after each: to
// draw a list of thousands again, thousands of times, would take far longer than the changes.
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { deleteLink, patchLink, useInLists } from './links';
import type { Link, LinkPatch } from './types';

const everyMs = 250;

export function useManyLinks() {
  const lists = useInLists();
  const { mutateAsync: patch } = useMutation({ mutationFn: patchLink, gcTime: 0 });
  const { mutateAsync: remove } = useMutation({ mutationFn: deleteLink, gcTime: 0 });
  const waiting = useRef<{ changed: Link[]; gone: string[]; timer: number }>(null);

  /** Brings the lists up to date now. */
  const follow = () => {
    if (!waiting.current) return;
    const { changed, gone, timer } = waiting.current;
    clearTimeout(timer);
    waiting.current = null;
    if (changed.length > 0) lists.changed(changed);
    if (gone.length > 0) lists.gone(new Set(gone));
  };
  const soon = () =>
    (waiting.current ??= { changed: [], gone: [], timer: window.setTimeout(follow, everyMs) });
  return {
    patch: async (id: string, change: LinkPatch) => {
      const link = await patch({ id, patch: change });
      soon().changed.push(link);
    },
    remove: async (id: string) => {
      await remove(id);
      soon().gone.push(id);
    },
    follow,
  };
}
