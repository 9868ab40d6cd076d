// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { useBestTime, useHeatmap } from '../../api/stats';
import type { Heatmap, StatsQuery } from '../../api/types';
import { HeatMap } from '../../charts/heat_map';
import type { CsvTable } from '../../ui/csv';
import { ErrorPanel } from '../../ui/error_panel';
import { BestTimes } from './best_time';
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

type Props = {
  query: StatsQuery;
  tz: string;
  /** Chooses a range that best times can be told from. */
  longer: () => void;
};

/** The week by hours, and which of them stand out. */
export function HoursCard({ query, tz, longer }: Props) {
  const heat = useHeatmap(query);
  const best = useBestTime(query);
  return (
    <section className={`tm-card ${classes.card}`} aria-label="Hours of the week">
      <div className={classes.map}>
        <PanelHead
          title="Hours of the week"
          explain="heatmap"
          download={{
            title: 'Clicks by hour of the week',
            table: heat.data ? hoursCsv(heat.data) : null,
            query,
          }}
        />
        {heat.data ? (
          <HeatMap data={heat.data} tz={tz} best={best.data?.hours ?? []} />
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
