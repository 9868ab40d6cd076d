// SPDX-License-Identifier: Apache-2.0
// The fields of an alert's form, and what they send: of each kind only what it has.
import type { Alert, AlertCreate, AlertPatch } from '../../api/types';
import { filterPatch, type FilterRow, filtersOf, rowsOf } from './filter_rows';

export type AlertValues = {
  name: string;
  what: Alert['what'];
  interval: Alert['interval'];
  /** '' is any. */
  platform: string;
  measure: 'clicks' | 'conversions';
  bound: 'at_least' | 'below';
  value: number | string;
  /** Of bots, in percent. */
  percent: number | string;
  hours: number | string;
  filters: FilterRow[];
  recipients: string[];
  quiet_minutes: number | string;
};

export const alertFields = [
  'name',
  'interval',
  'platform',
  'measure',
  'bound',
  'value',
  'percent',
  'hours',
  'recipients',
  'quiet_minutes',
] as const;

export const emptyAlert: AlertValues = {
  name: '',
  what: 'spike',
  interval: 'hour',
  platform: '',
  measure: 'clicks',
  bound: 'at_least',
  value: 1000,
  percent: 50,
  hours: 24,
  filters: [],
  recipients: [],
  quiet_minutes: 60,
};

export function valuesOf(alert: Alert): AlertValues {
  const bots = alert.what === 'bots_share' && alert.value !== null;
  return {
    ...emptyAlert,
    name: alert.name,
    what: alert.what,
    interval: alert.interval,
    platform: alert.platform ?? '',
    measure: alert.measure ?? 'clicks',
    bound: alert.bound ?? 'at_least',
    value: bots ? emptyAlert.value : (alert.value ?? emptyAlert.value),
    percent: bots ? Math.round((alert.value ?? 0) * 1e4) / 100 : emptyAlert.percent,
    hours: alert.hours ?? emptyAlert.hours,
    filters: rowsOf(alert.filters),
    recipients: alert.recipients,
    quiet_minutes: alert.quiet_minutes,
  };
}

export function checkAlert(values: AlertValues): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!values.name.trim()) errors.name = 'Name it as its mails should say it';
  if (values.what === 'threshold' && values.value === '') errors.value = 'How many?';
  if (values.what === 'bots_share' && values.percent === '') errors.percent = 'What share?';
  if (values.what === 'no_clicks' && values.hours === '') errors.hours = 'How many hours?';
  if (values.quiet_minutes === '') errors.quiet_minutes = 'How many minutes?';
  return errors;
}

/** What only this kind of alert has. */
function ofKind(values: AlertValues): AlertPatch {
  const { what, interval } = values;
  if (what === 'no_clicks') return { hours: Number(values.hours) };
  if (what === 'drop') return { interval, platform: values.platform || null };
  if (what === 'bots_share') return { interval, value: Number(values.percent) / 100 };
  if (what === 'threshold')
    return {
      interval,
      measure: values.measure,
      bound: values.bound,
      value: Number(values.value),
    };
  return { interval };
}

function shared(values: AlertValues) {
  return {
    name: values.name.trim(),
    recipients: values.recipients,
    quiet_minutes: Number(values.quiet_minutes),
    ...ofKind(values),
  };
}

export function toCreate(values: AlertValues): AlertCreate {
  const body = { what: values.what, ...shared(values), filters: filtersOf(values.filters) };
  return body as AlertCreate; // the type wants what the server has a default for
}

/** A merge-patch of what changed; null when nothing did. What it watches for stays. */
export function toPatch(before: AlertValues, after: AlertValues): AlertPatch | null {
  const old: Record<string, unknown> = shared(before);
  const changed = Object.entries(shared(after)).filter(
    ([name, value]) => JSON.stringify(old[name]) !== JSON.stringify(value),
  );
  const patch: AlertPatch = Object.fromEntries(changed);
  const filters = filterPatch(filtersOf(before.filters), filtersOf(after.filters));
  if (filters) patch.filters = filters;
  return Object.keys(patch).length > 0 ? patch : null;
}
