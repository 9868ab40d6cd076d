// SPDX-License-Identifier: Apache-2.0
import type { Link } from '../../api/types';

type Scheduled = Pick<Link, 'enabled' | 'starts_at' | 'expires_at'>;

/** Why a link does not send people on at `now`; null while it does. */
export function closedState(link: Scheduled, now: Date): string | null {
  if (!link.enabled) return 'Disabled';
  if (link.starts_at && new Date(link.starts_at) > now) return 'Not open yet';
  if (link.expires_at && new Date(link.expires_at) <= now) return 'Expired';
  return null;
}

/**
 * What is still to come of a link's schedule, and when it closed, as words; `write` gives a moment.
 */
export function scheduleText(
  link: Scheduled,
  now: Date,
  write: (iso: string) => string,
): string | null {
  const parts: string[] = [];
  if (link.starts_at && new Date(link.starts_at) > now) {
    parts.push(`Opens ${write(link.starts_at)}`);
  }
  if (link.expires_at) {
    const word = new Date(link.expires_at) > now ? 'Closes' : 'Closed';
    parts.push(`${word} ${write(link.expires_at)}`);
  }
  return parts.length > 0 ? parts.join(' · ') : null;
}
