// SPDX-License-Identifier: Apache-2.0
// Clicks as they come, on a list, on a map and as a rate. The stream goes on while the page is held
// still, so that going on shows all of it; what is shown meanwhile is the feed of that moment.
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useMeta } from '../../api/session';
import { only } from '../../api/filter';
import { type Live, liveFilters, useLive } from '../../api/use_live';
import { formatView, parseView, statsQuery, type View, withFilter } from '../../api/view';
import { valueName } from '../../ui/dimension_names';
import { ErrorPanel } from '../../ui/error_panel';
import { count } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import classes from './live.module.css';
import { LiveBar } from './live_bar';
import { LiveList } from './live_list';
import { LiveRate } from './live_rate';

const PointMap = lazy(() => import('../../charts/point_map'));

/** Countries in words below the map, which has all of them. */
const namedCountries = 8;

function MapCard({ live, choose }: { live: Live; choose: (country: string) => void }) {
  const meta = useMeta();
  const { places, seen } = live.feed;
  const unknown = places.get('Unknown') ?? 0;
  return (
    <section className={`tm-card ${classes.mapCard}`} aria-label="World map">
      <h2 className={classes.title}>
        Where the last {count(seen)} {seen === 1 ? 'click' : 'clicks'} came from
      </h2>
      <Suspense fallback={<Skeleton className={classes.mapWaiting} />}>
        <PointMap clicks={places} name={(code) => valueName('country', code)} choose={choose} />
      </Suspense>
      <ul className={classes.countries} aria-label="Countries with most of them">
        {[...places]
          .filter(([code]) => code !== 'Unknown')
          .sort(([, a], [, b]) => b - a)
          .slice(0, namedCountries)
          .map(([code, clicks]) => (
            <li key={code}>
              <button type="button" className={classes.country} onClick={() => choose(code)}>
                {valueName('country', code)} <b className="tm-num">{count(clicks)}</b>
              </button>
            </li>
          ))}
      </ul>
      <Text size="xs" c="dimmed">
        One point for each country; press one to see only its clicks.
        {unknown > 0 && ` ${count(unknown)} came from nobody knows where.`}
        {meta.data?.geo_attribution && ` ${meta.data.geo_attribution}.`}
      </Text>
    </section>
  );
}

export default function LivePage() {
  useDocumentTitle('Live · Tallymark');
  const [params, setParams] = useSearchParams();
  const [tz] = useTimeZone();
  const view = useMemo(() => parseView(params), [params]);
  const running = useLive(liveFilters(statsQuery(view, tz)));
  const [held, setHeld] = useState<Live | null>(null);
  const live = held ?? running;

  const change = (next: View) => {
    setHeld(null);
    setParams(formatView(next));
  };
  const { state } = running;
  return (
    <Stack gap="md">
      <Title order={1}>Live</Title>
      <LiveBar
        state={state}
        paused={held !== null}
        waiting={held ? running.feed.seen - held.feed.seen : 0}
        togglePause={() => setHeld(held ? null : running)}
        view={view}
        onChange={change}
      />
      {state.name === 'refused' ? (
        <section className="tm-card">
          <ErrorPanel error={state.error} />
        </section>
      ) : (
        <>
          <LiveRate live={live} traffic={view.traffic} paused={held !== null} />
          <div className={classes.grid}>
            <MapCard
              live={live}
              choose={(country) =>
                change(withFilter(view, 'country', only(view.filters.country, country)))
              }
            />
            <LiveList feed={live.feed} tz={tz} />
          </div>
        </>
      )}
    </Stack>
  );
}
