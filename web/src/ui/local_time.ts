// SPDX-License-Identifier: Apache-2.0
// Moments in forms: what a datetime-local field holds (`2026-12-01T10:00`, the browser's zone, to
// the minute) against what the API holds (ISO 8601, UTC).

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

/** The field's text for a moment; '' for none. Seconds are dropped. */
export function localText(iso: string | null | undefined): string {
  const at = iso ? new Date(iso) : null;
  if (!at || Number.isNaN(at.getTime())) return '';
  const day = `${pad(at.getFullYear(), 4)}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/**
 * The moment that a field's text names, as ISO 8601 in UTC; null for what names none: half a text,
 * or an hour that the clocks skip. Of an hour that comes twice it is the first.
 */
export function momentOf(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null;
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || localText(at.toISOString()) !== text) return null;
  return at.toISOString();
}
