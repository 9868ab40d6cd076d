// SPDX-License-Identifier: Apache-2.0

/**
 * Puts `text` on the clipboard and says whether that worked. Browsers offer `navigator.clipboard`
 * on HTTPS and localhost only; a console reached as http://10.0.0.5:8081 needs the older way.
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused, for example because the page lost focus: the older way may still work.
    }
  }
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  // Inside an open dialog the focus trap would take the focus back from an element outside of it.
  (before?.closest('[role="dialog"]') ?? document.body).append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
