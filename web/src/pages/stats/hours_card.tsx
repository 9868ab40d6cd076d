// SPDX-License-Identifier: Apache-2.0
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useBestTime, useHeatmap } from '../../api/stats';
import type { Heatmap, StatsQuery } from '../../api/types';
import { HeatMap } from '../../charts/heat_map';
import type { CsvTable } from '../../ui/csv';
import { ErrorPanel } from '../../ui/error_panel';
import { BestTimes } from './best_time';
import { hoursCoverageText } from './coverage_text';
import classes from './hours_card.module.css';
import { PanelHead } from './panel_head';

function hoursCsv(data: Heatmap): CsvTable {
  return {
    columns: ['weekday', 'hour', 'clicks', 'unique_clicks', 'hours'],
    rows: data.cells.map((cell) => [
      cell.weekday,
      cell.hour,
      cell.clicks,
      cell.unique_clicks,
      cell.hours,
    ]),
  };
}

const clocks = [
  { value: 'viewer', label: 'Your hours' },
  { value: 'visitor', label: 'Visitors’ hours' },
];

type Props = {
  query: StatsQuery;
  tz: string;
  /** Chooses a range that best times can be told from. */
  longer: () => void;
};

/** The week by hours, and which of them stand out. */
export function HoursCard({ query, tz, longer }: Props) {
  const [clock, setClock] = useState<'viewer' | 'visitor'>('viewer');
  const heat = useHeatmap(query, clock);
  // While the other answer is on its way, this one is still of the clock it was asked for.
  const coverage = heat.data?.coverage;
  const best = useBestTime(query);
  return (
    <section className={`tm-card ${classes.card}`} aria-label="Hours of the week">
      <div className={classes.map}>
        <PanelHead
          title="Hours of the week"
          explain="heatmap"
          download={{
            title: coverage ? 'Clicks by visitors’ hour of the week' : 'Clicks by hour of the week',
            table: heat.data ? hoursCsv(heat.data) : null,
            query,
          }}
        >
          <SegmentedControl
            size="xs"
            aria-label="Whose hours"
            data={clocks}
            value={clock}
            onChange={(value) => setClock(value as typeof clock)}
          />
        </PanelHead>
        {heat.data ? (
          <>
            <HeatMap
              data={heat.data}
              tz={coverage ? null : tz}
              best={coverage ? [] : (best.data?.hours ?? [])}
            />
            {coverage && <p className={classes.coverage}>{hoursCoverageText(coverage)}</p>}
          </>
        ) : heat.error ? (
          <ErrorPanel compact error={heat.error} retry={() => void heat.refetch()} />
        ) : (
          <Skeleton height={230} />
        )}
      </div>
      {best.data ? (
        <BestTimes data={best.data} longer={longer} />
      ) : best.error ? (
        <ErrorPanel compact error={best.error} retry={() => void best.refetch()} />
      ) : (
        <Skeleton height={160} />
      )}
    </section>
  );
}
