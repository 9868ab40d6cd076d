// SPDX-License-Identifier: Apache-2.0
// How a webhook stands and what it is told of, in words.
import type { EventKind, Webhook } from '../../api/types';
import type { Tone } from './state_mark';

export const eventWords: { value: EventKind; label: string }[] = [
  { value: 'link.clicked', label: 'A link is clicked' },
  { value: 'conversion.created', label: 'A conversion is joined to its click' },
  { value: 'link.created', label: 'A link is made' },
  { value: 'link.updated', label: 'A link is changed' },
  { value: 'link.deleted', label: 'A link is deleted' },
  { value: 'link.expired', label: 'A link expires' },
  { value: 'alert.fired', label: 'An alert fires' },
  { value: 'alert.resolved', label: 'An alert ends' },
  { value: 'export.ready', label: 'A scheduled export is written' },
];

type Format = Webhook['format'];

export const formatNames: Record<Format, string> = {
  standard: 'Your own receiver',
  segment: 'Segment',
  amplitude: 'Amplitude',
  mixpanel: 'Mixpanel',
};

type Tool = { key: string; url: string; europe: string };

/** Of a tool: what its key is called there, and where events are sent unless told otherwise. */
export const tools: Record<Exclude<Format, 'standard'>, Tool> = {
  segment: {
    key: 'Write key of the source',
    url: 'https://api.segment.io/v1/batch',
    europe: 'https://events.eu1.segmentapis.com/v1/batch',
  },
  amplitude: {
    key: 'API key of the project',
    url: 'https://api2.amplitude.com/2/httpapi',
    europe: 'https://api.eu.amplitude.com/2/httpapi',
  },
  mixpanel: {
    key: 'Project token, or user:secret of a service account',
    url: 'https://api.mixpanel.com/import?strict=1',
    europe: 'https://api-eu.mixpanel.com/import?strict=1',
  },
};

export type Standing = { tone: Tone; word: string; why: string | null };

/** How it stands, worst first. `why` says what can be done about it. */
export function standing(hook: Webhook): Standing {
  if (!hook.enabled) {
    if (hook.off_reason === 'gone')
      return {
        tone: 'bad',
        word: 'Off: receiver gone',
        why: 'The receiver answered 410: nobody lives there any more. What was waiting is a dead letter now. Switch it on again when the receiver is back.',
      };
    if (hook.off_reason === 'failing')
      return {
        tone: 'bad',
        word: 'Off: five days of failures',
        why: 'Nothing but failures for five days. What was waiting is a dead letter now. Mend the receiver, test it, then switch it on again.',
      };
    return {
      tone: 'off',
      word: 'Off',
      why: 'Switched off. What happens meanwhile is not told of later.',
    };
  }
  if (hook.state === 'down')
    return {
      tone: 'bad',
      word: 'Down',
      why: 'Twenty failures in a row: it is only probed now and then. What it is to be told of waits, and is told once it answers.',
    };
  if (hook.failures_in_row > 0)
    return {
      tone: 'warn',
      word: 'Failing',
      why: 'Its last requests failed. They are tried again, for days if need be.',
    };
  if (hook.last_success_at === null) return { tone: 'quiet', word: 'Nothing sent yet', why: null };
  return { tone: 'good', word: 'Working', why: null };
}

/** Which clicks it is told of, in a sentence. */
export function filterWords(filter: Webhook['filter']): string {
  const who = { human: 'of people', bot: 'of bots', all: 'of people and bots' }[filter.traffic];
  const parts = [`Clicks ${who}`];
  if (filter.links.length > 0)
    parts.push(filter.links.length === 1 ? 'on one link' : `on ${filter.links.length} links`);
  if (filter.campaigns.length > 0) parts.push(`with campaign ${filter.campaigns.join(' or ')}`);
  return parts.join(', ');
}
