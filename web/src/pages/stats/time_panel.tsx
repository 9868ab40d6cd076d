// SPDX-License-Identifier: Apache-2.0
// Clicks over time with the period before and what stands out. The chart's code comes after the
// page's, and its two extras after its own data: neither holds up the line itself.
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { previousQuery } from '../../api/previous';
import { usePastSeries } from '../../api/stats';
import type { StatsQuery, Summary, Timeseries } from '../../api/types';
import { useLargestLinks, useVelocity } from '../../api/velocity';
import type { View } from '../../api/view';
import { judgedBy } from '../../charts/spikes';
import { ErrorPanel } from '../../ui/error_panel';
import { PanelHead } from './panel_head';
import classes from './stats_panels.module.css';

const TimeChart = lazy(() =>
  import('../../charts/time_chart').then((module) => ({ default: module.TimeChart })),
);

type Props = {
  query: StatsQuery;
  view: View;
  summary: Summary | undefined;
  series: Timeseries | undefined;
  /** Whether the series is the last question's, shown until this one's is there. */
  stale: boolean;
  filling: boolean;
  error: unknown;
  retry: () => void;
};

export function TimePanel({ query, view, summary, series, stale, filling, error, retry }: Props) {
  const before = stale ? null : previousQuery(query, summary, series);
  const past = usePastSeries(before, series?.interval ?? 'day');
  const judged = judgedBy(series?.interval ?? 'day');
  const velocity = useVelocity(query, judged, series !== undefined && !stale);
  const links = useLargestLinks(query, judged, velocity.isSuccess && !velocity.isPlaceholderData);
  return (
    <section className={`tm-card ${classes.chart}`} aria-label="Clicks over time">
      {series ? (
        <Suspense fallback={<Skeleton height={306} />}>
          <TimeChart
            data={series}
            past={before ? past.data : undefined}
            velocity={stale || velocity.isPlaceholderData ? undefined : velocity.data}
            links={links}
            traffic={view.traffic}
            filling={filling}
            head={({ title, titleId, table, tools }) => (
              <PanelHead
                title={title}
                titleId={titleId}
                explain="overTime"
                download={{ title, table, query, all: { interval: series.interval } }}
              >
                {tools}
              </PanelHead>
            )}
          />
        </Suspense>
      ) : error ? (
        <ErrorPanel error={error} retry={retry} />
      ) : (
        <Skeleton height={306} />
      )}
    </section>
  );
}
