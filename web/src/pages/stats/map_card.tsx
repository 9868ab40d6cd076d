// SPDX-License-Identifier: Apache-2.0
// The world by clicks. The outlines are a chunk of their own, which comes after the numbers.
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useMeta } from '../../api/session';
import { useBreakdown } from '../../api/stats';
import type { StatsQuery } from '../../api/types';
import { ErrorPanel } from '../../ui/error_panel';
import { breakdownCsv } from './breakdown_csv';
import type { RowFilters } from './breakdown_table';
import classes from './map_card.module.css';
import { PanelHead } from './panel_head';

const WorldMap = lazy(() =>
  import('../../charts/world_map').then((module) => ({ default: module.WorldMap })),
);

/** More than there are countries. */
const allCountries = 300;

type Props = {
  query: StatsQuery;
  filters: RowFilters;
  /** Not before the headline is there. */
  draw: boolean;
};

export function MapCard({ query, filters, draw }: Props) {
  const answer = useBreakdown('country', query, allCountries);
  const meta = useMeta();
  const now = filters.now('country');
  const waiting = <Skeleton className={classes.waiting} />;
  return (
    <section className={`tm-card ${classes.card}`} aria-label="World map">
      <PanelHead
        title="World map"
        explain="map"
        download={{
          title: 'Clicks by country',
          table: answer.data ? breakdownCsv(answer.data) : null,
          query,
          all: { by: 'country' },
        }}
      />
      {answer.data && draw ? (
        <Suspense fallback={waiting}>
          <WorldMap
            rows={answer.data.rows}
            chosen={(country) => Boolean(now && !now.not && now.values.includes(country))}
            onChoose={(country) => filters.only('country', country)}
          />
        </Suspense>
      ) : answer.error ? (
        <ErrorPanel compact error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        waiting
      )}
      {meta.data?.geo_attribution && (
        <p className={classes.credit}>{meta.data.geo_attribution}. Map: Natural Earth.</p>
      )}
    </section>
  );
}
