// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { useFunnel } from '../../api/stats';
import type { StatsQuery } from '../../api/types';
import { ErrorPanel } from '../../ui/error_panel';
import { count, share } from '../../ui/format';
import classes from './funnel_card.module.css';
import { type FunnelRow, funnelRows } from './funnel_steps';
import { PanelHead } from './panel_head';

function Step({ row }: { row: FunnelRow }) {
  const range = row.rate_interval;
  return (
    <li className={classes.step} data-absent={row.absent !== null || undefined}>
      <span className={classes.name}>{row.name}</span>
      <span className={classes.count}>{count(row.count)}</span>
      <span className={classes.track}>
        <span className={classes.bar} style={{ width: `${row.width * 100}%` }} />
      </span>
      <span className={classes.rate}>
        {row.absent ??
          (row.rate !== null && row.before !== null
            ? `${share(row.rate)} of ${row.before.toLocaleLowerCase()}` +
              (range ? ` (${share(range.low)} to ${share(range.high)})` : '')
            : '')}
      </span>
    </li>
  );
}

/** From impression to conversion, step by step. */
export function FunnelCard({ query }: { query: StatsQuery }) {
  const answer = useFunnel(query);
  const rows = answer.data ? funnelRows(answer.data.steps) : null;
  return (
    <section className={`tm-card ${classes.card}`} aria-label="Funnel">
      <PanelHead
        title="Funnel"
        explain="funnel"
        download={{
          title: 'Funnel',
          table: rows && {
            columns: ['step', 'count', 'rate', 'rate_low', 'rate_high'],
            rows: rows.map(({ step, count, rate, rate_interval }) => [
              step,
              count,
              rate,
              rate_interval?.low,
              rate_interval?.high,
            ]),
          },
          query,
        }}
      />
      {rows ? (
        <ol className={classes.steps}>
          {rows.map((row) => (
            <Step key={row.step} row={row} />
          ))}
        </ol>
      ) : answer.error ? (
        <ErrorPanel compact error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <Skeleton height={230} />
      )}
    </section>
  );
}
