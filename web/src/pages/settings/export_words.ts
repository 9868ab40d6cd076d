// SPDX-License-Identifier: Apache-2.0
// Scheduled exports in words: what is written, when, and what became of a period.
import type { Export, ExportRun, ExportUpload } from '../../api/types';
import { dimensionTitle } from '../../ui/dimension_names';
import type { Tone } from './state_mark';

export const periods: { value: Export['period']; label: string }[] = [
  { value: 'hourly', label: 'Every hour (UTC)' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'Every week, from Monday' },
  { value: 'monthly', label: 'Every month' },
];

export const formats: { value: Export['format']; label: string }[] = [
  { value: 'csv', label: 'CSV, for spreadsheets' },
  { value: 'ndjson', label: 'NDJSON, a JSON object a line' },
  { value: 'parquet', label: 'Parquet, for data tools' },
];

export const intervals: { value: NonNullable<Export['interval']>; label: string }[] = [
  { value: 'minute', label: 'Minute' },
  { value: '15m', label: 'Quarter of an hour' },
  { value: 'hour', label: 'Hour' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
  { value: 'auto', label: 'What suits the period' },
];

const formatNames = { csv: 'CSV', ndjson: 'NDJSON', parquet: 'Parquet' };
const each = { hourly: 'an hour', daily: 'a day', weekly: 'a week', monthly: 'a month' };
const whose = { human: 'of people', bot: 'of bots', all: 'of people and bots' };

type Shape = Pick<Export, 'by' | 'interval' | 'traffic' | 'format' | 'period' | 'filters'>;

/** "Clicks of people by country, as CSV, one file a day". */
export function exportText(shape: Shape): string {
  const interval = intervals.find(({ value }) => value === shape.interval)?.label.toLowerCase();
  const grain = shape.by
    ? `Counts by ${dimensionTitle(shape.by).toLowerCase()} of clicks`
    : interval
      ? `Counts over time (${interval}) of clicks`
      : 'Every click';
  const narrowed = Object.keys(shape.filters).length > 0 ? ', filtered' : '';
  return `${grain} ${whose[shape.traffic]}${narrowed}, as ${formatNames[shape.format]}, one file ${each[shape.period]}`;
}

/** How a schedule stands. */
export function exportState(item: Pick<Export, 'enabled' | 'error' | 'waiting' | 'bucket'>): {
  tone: Tone;
  word: string;
} {
  if (!item.enabled) return { tone: 'off', word: 'Off' };
  if (item.error) return { tone: 'bad', word: 'Not written' };
  if (item.bucket?.error) return { tone: 'bad', word: 'Not in the bucket' };
  if (item.waiting > 0) return { tone: 'quiet', word: 'Writing' };
  return { tone: 'good', word: 'Up to date' };
}

const gone: Record<NonNullable<ExportRun['reason']>, string> = {
  not_kept: 'removed: newer files took its place',
  past_retention: 'removed: its clicks are past their retention',
  erased: 'removed: clicks in it were erased',
};

/** What became of a period. */
export function runState(run: Pick<ExportRun, 'state' | 'reason' | 'error' | 'anew'>): {
  tone: Tone;
  word: string;
} {
  if (run.state === 'ready') return { tone: 'good', word: run.anew ? 'Ready, made anew' : 'Ready' };
  if (run.state === 'writing') return { tone: 'quiet', word: 'Being written' };
  if (run.state === 'removed')
    return { tone: 'off', word: run.reason ? `Gone, ${gone[run.reason]}` : 'Gone' };
  return run.error ? { tone: 'bad', word: 'Not written yet' } : { tone: 'quiet', word: 'Waiting' };
}

/** How far a file is on its way into the bucket. */
export const uploadWords: Record<ExportUpload['state'], string> = {
  waiting: 'on its way into the bucket',
  uploaded: 'in the bucket',
  stale: 'clicks in it were erased: the bucket’s copy is being replaced',
  deleted: 'deleted from the bucket',
  missed: 'gone before it could be put into the bucket',
};
