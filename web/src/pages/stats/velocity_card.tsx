// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useVelocity } from '../../api/velocity';
import type { StatsQuery, Velocity } from '../../api/types';
import type { CsvTable } from '../../ui/csv';
import { ErrorPanel } from '../../ui/error_panel';
import { rate } from '../../ui/format';
import { PanelHead } from './panel_head';
import classes from './velocity_card.module.css';

const VelocityChart = lazy(() =>
  import('../../charts/velocity_chart').then((module) => ({ default: module.VelocityChart })),
);

function velocityCsv(data: Velocity): CsvTable {
  return {
    columns: ['from', 'clicks', 'expected', 'low', 'high', 'p', 'state'],
    rows: data.points.map((point) => [
      point.t,
      point.clicks,
      point.expected,
      point.low,
      point.high,
      point.p,
      point.state,
    ]),
  };
}

/** How fast clicks come, against what is usual for this link. */
export function VelocityCard({ query }: { query: StatsQuery }) {
  const answer = useVelocity(query, 'auto');
  const data = answer.data;
  return (
    <section className={`tm-card ${classes.card}`} aria-label="Velocity">
      <PanelHead
        title="Velocity"
        explain="velocity"
        download={{
          title: 'Velocity',
          table: data ? velocityCsv(data) : null,
          query,
          ...(data && { all: { interval: data.interval } }),
        }}
      >
        {data && (
          <span className={classes.paces}>
            <b>{rate(data.clicks_per_hour)}</b> an hour, <b>{rate(data.clicks_per_day)}</b> a day
          </span>
        )}
      </PanelHead>
      {data ? (
        <Suspense fallback={<Skeleton height={270} />}>
          <VelocityChart data={data} />
          <p className={classes.key}>
            <span>
              <i className={classes.line} /> clicks per {data.interval}
            </span>
            <span>
              <i className={classes.ground} /> what its own past makes ordinary (98 %)
            </span>
          </p>
        </Suspense>
      ) : answer.error ? (
        <ErrorPanel compact error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <Skeleton height={270} />
      )}
    </section>
  );
}
