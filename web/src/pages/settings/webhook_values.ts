// SPDX-License-Identifier: Apache-2.0
// The fields of a webhook's form, and what they send. `api_key` is in no answer, so a form that is
// opened again has it empty, which means: as it is.
import type { EventKind, Webhook, WebhookCreate, WebhookPatch } from '../../api/types';

export type WebhookValues = {
  format: Webhook['format'];
  name: string;
  url: string;
  api_key: string;
  events: EventKind[];
  filter: { links: string[]; campaigns: string[]; traffic: Webhook['filter']['traffic'] };
  mode: Webhook['mode'];
  signature: 'hmac' | 'ed25519';
  ip: Webhook['ip'];
};

export const webhookFields = [
  'name',
  'url',
  'api_key',
  'events',
  'filter.links',
  'filter.campaigns',
  'filter.traffic',
  'mode',
  'signature',
  'ip',
] as const;

export const emptyWebhook: WebhookValues = {
  format: 'standard',
  name: '',
  url: '',
  api_key: '',
  events: ['link.clicked'],
  filter: { links: [], campaigns: [], traffic: 'human' },
  mode: 'single',
  signature: 'hmac',
  ip: 'none',
};

export function valuesOf(hook: Webhook): WebhookValues {
  return {
    format: hook.format,
    name: hook.name,
    url: hook.url,
    api_key: '',
    events: hook.events,
    filter: hook.filter,
    mode: hook.mode,
    signature: hook.signature ?? 'hmac',
    ip: hook.ip,
  };
}

/** What only the reader can know is missing; the server judges the rest. */
export function checkWebhook(values: WebhookValues, isNew: boolean): Record<string, string> {
  const errors: Record<string, string> = {};
  const own = values.format === 'standard';
  if (!values.name.trim()) errors.name = 'Name what receives it';
  if (own && !values.url.trim()) errors.url = 'Where should it be sent?';
  if (own && values.events.length === 0) errors.events = 'Choose at least one';
  if (!own && isNew && !values.api_key.trim()) errors.api_key = 'The tool wants its key';
  return errors;
}

export function toCreate(values: WebhookValues): WebhookCreate {
  const { format, filter, mode, ip } = values;
  const shared = { format, name: values.name.trim(), filter, mode, ip, enabled: true };
  const url = values.url.trim();
  if (format === 'standard')
    return { ...shared, url, events: values.events, signature: values.signature };
  const body = { ...shared, api_key: values.api_key.trim(), ...(url ? { url } : {}) };
  return body as WebhookCreate; // the type wants a signature, which a tool has none of
}

/** A merge-patch of what changed; null when nothing did. */
export function toPatch(before: WebhookValues, after: WebhookValues): WebhookPatch | null {
  const patch: WebhookPatch = {};
  const differs = (name: keyof WebhookValues) =>
    JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  if (before.name !== after.name.trim()) patch.name = after.name.trim();
  if (before.url !== after.url.trim()) patch.url = after.url.trim();
  if (after.api_key.trim()) patch.api_key = after.api_key.trim();
  if (differs('events') && after.format === 'standard') patch.events = after.events;
  if (differs('filter')) patch.filter = after.filter;
  if (differs('mode')) patch.mode = after.mode;
  if (differs('ip')) patch.ip = after.ip;
  return Object.keys(patch).length > 0 ? patch : null;
}
