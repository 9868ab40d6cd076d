// SPDX-License-Identifier: Apache-2.0
// Single-key shortcuts. They rest while the reader types in a field, holds a modifier or has a
// dialog open, so that they never steal a letter.
import { useEffect } from 'react';

/** Whether a key press is meant for a shortcut and not for what has the focus. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return false;
  if (event.isComposing || event.defaultPrevented) return false;
  const target = event.target;
  if (!(target instanceof Element)) return true;
  const typed = 'input:not([type="radio"], [type="checkbox"]), textarea, select';
  if (target.closest(`${typed}, [contenteditable="true"]`)) return false;
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') === null;
}

/** Calls the function listed under the pressed key (`/`, `c`, `?`). */
export function useShortcuts(keys: Record<string, () => void>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = keys[event.key];
      if (!act || !isShortcut(event)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
