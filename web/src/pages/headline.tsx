// SPDX-License-Identifier: Apache-2.0
// The numbers on top. Bots stand apart from the clicks of people and do not follow the traffic
// switch.
import { Group, Skeleton, Text, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Summary } from '../api/types';
import type { Traffic, View } from '../api/view';
import { valueName } from '../ui/dimension_names';
import { change as changeText, count, shortCount } from '../ui/format';
import classes from './headline.module.css';

function Change({ value, range }: { value: number | null | undefined; range: View['range'] }) {
  const text = changeText(value);
  if (text === null) return null;
  const before =
    typeof range !== 'string'
      ? 'as many days before'
      : range === '24h'
        ? 'the 24 hours before'
        : 'the same stretch of the period before';
  return (
    <Tooltip label={`Compared with ${before}`}>
      <span
        className={classes.change}
        data-way={value === 0 ? 'same' : (value ?? 0) > 0 ? 'up' : 'down'}
      >
        {text}
      </span>
    </Tooltip>
  );
}

type FigureProps = {
  label: string;
  help: string;
  value: number | null | undefined;
  change?: ReactNode;
  apart?: boolean;
};

function Figure({ label, help, value, change, apart = false }: FigureProps) {
  return (
    <div className={classes.figure} data-apart={apart || undefined}>
      <dt>
        <Tooltip
          label={help}
          multiline
          maw={280}
          events={{ hover: true, focus: true, touch: true }}
        >
          <Text size="sm" c="dimmed" span className={classes.label} tabIndex={0}>
            {label}
          </Text>
        </Tooltip>
      </dt>
      <dd className={classes.value}>
        {value === undefined ? (
          <Skeleton height={28} width={84} my={4} />
        ) : (
          <span className="tm-num" title={count(value)}>
            {(value ?? 0) >= 1e9 ? shortCount(value ?? 0) : count(value)}
          </span>
        )}
        {change}
      </dd>
    </div>
  );
}

const clickLabels: Record<Traffic, string> = {
  human: 'Clicks',
  bot: 'Bot clicks',
  all: 'Clicks, bots included',
};

/** Hits that are not headline clicks, named so that no request is unaccounted for. */
function Others({ data }: { data: Summary }) {
  const parts = data.outcomes
    .filter((row) => row.clicks > 0)
    .map((row) => `${count(row.clicks)} ${valueName('outcome', row.outcome).toLowerCase()}`);
  if (data.other_hits > 0) parts.push(`${count(data.other_hits)} prefetch or HEAD`);
  if (parts.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" className={classes.others}>
      Not counted above: {parts.join(', ')}.
    </Text>
  );
}

type Props = { data: Summary | undefined; view: View };

export function Headline({ data, view }: Props) {
  const change = (name: 'clicks' | 'unique_clicks' | 'visitors' | 'bots') =>
    data?.change ? <Change value={data.change[name]} range={view.range} /> : null;
  return (
    <section className={`tm-card ${classes.card}`} aria-label="Totals" aria-busy={!data}>
      <dl className={classes.figures}>
        <Figure
          label={clickLabels[view.traffic]}
          help="Requests that were sent on to the destination."
          value={data?.clicks}
          change={change('clicks')}
        />
        <Figure
          label="Unique clicks (per day)"
          help="The first click of a visitor on a link in a UTC day."
          value={data?.unique_clicks}
          change={change('unique_clicks')}
        />
        <Figure
          label="Visitors"
          help="Different people, each counted once a day; several days are added up."
          value={data?.visitors}
          change={change('visitors')}
        />
        <Figure
          label="Bots, apart"
          help="Crawlers, link previews, monitors and scanners: never part of the clicks of people."
          value={data?.bots}
          change={change('bots')}
          apart
        />
      </dl>
      {data && <Others data={data} />}
      {data?.incomplete && (
        <Group className={classes.incomplete} role="status">
          For a while clicks could not be recorded, so these numbers are too low.
        </Group>
      )}
    </section>
  );
}
