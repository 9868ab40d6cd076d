// SPDX-License-Identifier: Apache-2.0
// The fields of a scheduled export's form, and what they send. What a file holds is one question on
// screen (each click, counts by something, counts over time) and two names in the API (`by`,
// `interval`, neither for each click).
import type { Export, ExportCreate, ExportPatch } from '../../api/types';
import { bucketPatch, bucketOf, type BucketValues, bucketValues } from './bucket_values';
import { filterPatch, type FilterRow, filtersOf, rowsOf } from './filter_rows';

export type ExportValues = {
  name: string;
  period: Export['period'];
  format: Export['format'];
  holds: 'clicks' | 'by' | 'interval';
  by: NonNullable<Export['by']>;
  interval: NonNullable<Export['interval']>;
  traffic: Export['traffic'];
  filters: FilterRow[];
  raw: boolean;
  keep: number | string;
  /** The day of the first period; '' for the last one that is over. */
  from: string;
  bucket: BucketValues;
};

export const exportFields = [
  'name',
  'period',
  'format',
  'by',
  'interval',
  'traffic',
  'raw',
  'keep',
  'from',
  'bucket.endpoint',
  'bucket.region',
  'bucket.name',
  'bucket.prefix',
  'bucket.access_key_id',
  'bucket.secret_access_key',
  'bucket.path_style',
] as const;

export const emptyExport: ExportValues = {
  name: '',
  period: 'daily',
  format: 'csv',
  holds: 'clicks',
  by: 'link',
  interval: 'hour',
  traffic: 'human',
  filters: [],
  raw: false,
  keep: 30,
  from: '',
  bucket: bucketValues(null),
};

export function valuesOf(item: Export): ExportValues {
  return {
    name: item.name,
    period: item.period,
    format: item.format,
    holds: item.by ? 'by' : item.interval ? 'interval' : 'clicks',
    by: item.by ?? emptyExport.by,
    interval: item.interval ?? emptyExport.interval,
    traffic: item.traffic,
    filters: rowsOf(item.filters),
    raw: item.raw,
    keep: item.keep,
    from: '',
    bucket: bucketValues(item.bucket),
  };
}

export function checkExport(values: ExportValues): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!values.name.trim()) errors.name = 'Give it a name';
  if (values.keep === '') errors.keep = 'How many?';
  return errors;
}

function changeable(values: ExportValues) {
  return {
    name: values.name.trim(),
    by: values.holds === 'by' ? values.by : null,
    interval: values.holds === 'interval' ? values.interval : null,
    traffic: values.traffic,
    raw: values.raw,
    keep: Number(values.keep),
  };
}

export function toCreate(values: ExportValues): ExportCreate {
  return {
    ...changeable(values),
    period: values.period,
    format: values.format,
    filters: filtersOf(values.filters),
    enabled: true,
    bucket: bucketOf(values.bucket),
    ...(values.from ? { from: values.from } : {}),
  };
}

/** A merge-patch of what changed; null when nothing did. Period, format and beginning stay. */
export function toPatch(before: ExportValues, after: ExportValues): ExportPatch | null {
  const old: Record<string, unknown> = changeable(before);
  const changed = Object.entries(changeable(after)).filter(([name, value]) => old[name] !== value);
  const patch: ExportPatch = Object.fromEntries(changed);
  const filters = filterPatch(filtersOf(before.filters), filtersOf(after.filters));
  if (filters) patch.filters = filters;
  const bucket = bucketPatch(before.bucket, after.bucket);
  if (bucket !== undefined) patch.bucket = bucket;
  return Object.keys(patch).length > 0 ? patch : null;
}
