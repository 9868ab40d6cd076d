// SPDX-License-Identifier: Apache-2.0
// The numbers on top. Bots stand apart from the clicks of people and do not follow the traffic
// switch.
import { Group, Skeleton, Text, Tooltip } from '@mantine/core';
import type { Summary, Timeseries } from '../../api/types';
import type { View } from '../../api/view';
import { valueName } from '../../ui/dimension_names';
import { Explain } from '../../ui/explain';
import { change as changeText, count } from '../../ui/format';
import { Sparkline } from '../../ui/sparkline';
import classes from './headline.module.css';
import { type Figure, figuresOf, shapeOf } from './headline_figures';

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

type FigureProps = { figure: Figure; shape: readonly number[]; range: View['range'] };

function FigureBox({ figure, shape, range }: FigureProps) {
  return (
    <div className={classes.figure} data-apart={figure.tone === 'bots' || undefined}>
      <dt className={classes.head}>
        <span className={classes.label}>{figure.label}</span>
        <Explain what={figure.explain} also="change" />
      </dt>
      <dd className={classes.value}>
        {figure.text === undefined ? (
          <Skeleton height={28} width={84} my={4} />
        ) : (
          <span className="tm-num" title={figure.full}>
            {figure.text}
          </span>
        )}
        <Change value={figure.change} range={range} />
      </dd>
      <dd className={classes.foot}>
        {figure.tone ? <Sparkline values={shape} tone={figure.tone} /> : figure.note}
      </dd>
    </div>
  );
}

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

type Props = {
  data: Summary | undefined;
  series: Timeseries | undefined;
  view: View;
  /** Whether the last bucket of the series is still filling. */
  filling: boolean;
};

export function Headline({ data, series, view, filling }: Props) {
  const points = series?.points ?? [];
  return (
    <section className="tm-card" aria-label="Totals" aria-busy={!data}>
      <dl className={classes.figures}>
        {figuresOf(data, view.traffic).map((figure) => (
          <FigureBox
            key={figure.label}
            figure={figure}
            shape={figure.tone ? shapeOf(points, figure.tone, filling) : []}
            range={view.range}
          />
        ))}
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
