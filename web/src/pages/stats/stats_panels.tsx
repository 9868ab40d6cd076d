// SPDX-License-Identifier: Apache-2.0
// Everything that is told about clicks, for one link or for all of them: totals, time, breakdowns.
// The totals go first: what is below them is drawn once they have been asked for, and its charts,
// which are dear, once they are there.
import { Stack, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useDeferredValue, useEffect, useRef } from 'react';
import { excluding, only } from '../../api/filter';
import { usePanelsFollow } from '../../api/refresh';
import { pace, useSummary, useTimeseries } from '../../api/stats';
import type { ApiDimension, Summary } from '../../api/types';
import {
  defaultView,
  type Dimension,
  formatView,
  isFilling,
  statsQuery,
  withFilter,
} from '../../api/view';
import { ErrorPanel } from '../../ui/error_panel';
import type { Explained } from '../../ui/explanations';
import { time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import { useLater } from '../../ui/use_later';
import { useView } from '../../ui/use_view';
import { BreakdownCard } from './breakdown_card';
import type { RowFilters } from './breakdown_table';
import { Headline } from './headline';
import { MapCard } from './map_card';
import classes from './stats_panels.module.css';
import { TimePanel } from './time_panel';
import { ViewBar } from './view_bar';

const Ticker = lazy(() => import('./ticker'));

type Card = {
  title: string;
  explain: Explained;
  by: readonly [ApiDimension, ...ApiDimension[]];
};

const sources: Card = {
  title: 'Sources',
  explain: 'sources',
  by: ['channel', 'source', 'referrer', 'referrer_path', 'ad_click'],
};
const campaigns: Card = {
  title: 'Campaigns',
  explain: 'campaigns',
  by: ['campaign', 'medium', 'content', 'term', 'src', 'tag'],
};
const places: Card = {
  title: 'Places and languages',
  explain: 'places',
  by: ['country', 'region', 'city', 'language'],
};
const devices: Card = {
  title: 'Devices',
  explain: 'devices',
  by: ['device', 'platform', 'os', 'browser', 'in_app', 'os_version', 'browser_version', 'screen'],
};
const kinds: Card = { title: 'Kinds of click', explain: 'kinds', by: ['trigger', 'outcome'] };
const botKinds: Card = { ...kinds, by: ['traffic', 'reason', 'trigger', 'outcome'] };
const links: Card = { title: 'Links', explain: 'links', by: ['link', 'domain', 'prefix'] };

type Props = {
  /** Id of the one link to look at; all links without it. */
  link?: string;
  /** What only this link can be broken down by: its tokens, its variants. */
  own?: readonly ApiDimension[];
  /** Shown in place of the panels when no click was ever counted. */
  empty: ReactNode;
  /** Shown below the panels. */
  footer?: ReactNode;
};

/** How often a page without any click looks for the first one. */
const waitingMs = 1_000;

/**
 * Whether no click has ever been counted, in any range and of anyone; undefined until that is known.
 * Not asked while there are some in what is shown.
 */
function useSilence(link: string | undefined, tz: string, shown: Summary | undefined) {
  const query = statsQuery({ ...defaultView, range: 'all', traffic: 'all' }, tz, link);
  const ever = useSummary(
    query,
    ({ state }) => (hasClicks(state.data) ? false : waitingMs),
    shown !== undefined && !hasClicks(shown),
  );
  if (hasClicks(shown) || (ever.error && !ever.data)) return false;
  return shown && ever.data && !hasClicks(ever.data);
}

function hasClicks(summary: Summary | undefined): boolean {
  return summary !== undefined && summary.clicks + summary.bots + summary.outcomes.length > 0;
}

export function StatsPanels({ link, own = [], empty, footer }: Props) {
  const [asked, setView] = useView();
  // A link's own page is about that link, whatever link an address from elsewhere names.
  const view = link ? withFilter(asked, 'link', null) : asked;
  const [tz] = useTimeZone();
  const query = statsQuery(view, tz, link);
  const summary = useSummary(query);
  const silent = useSilence(link, tz, summary.data);
  const totals = silent === undefined ? undefined : summary.data;
  const series = useTimeseries(query);
  usePanelsFollow(query, summary, pace(query));

  // The first click ends the wait at once, not with the headline's next turn.
  const askAgain = useRef(summary.refetch);
  askAgain.current = summary.refetch;
  const waited = useRef(silent);
  useEffect(() => {
    if (waited.current && silent === false) void askAgain.current({ cancelRefetch: true });
    waited.current = silent;
  }, [silent]);

  const below = useDeferredValue(true, false);
  const later = useLater(totals !== undefined && series.data !== undefined);

  if (silent) return <section className="tm-card">{empty}</section>;

  const [firstOwn, ...moreOwn] = own;
  const cards: Card[] = [
    ...(link ? [] : [links]),
    ...(firstOwn ? [{ ...links, title: 'This link', by: [firstOwn, ...moreOwn] as const }] : []),
    sources,
    devices,
    campaigns,
    view.traffic === 'human' ? kinds : botKinds,
  ];
  const change = (next: typeof only) => (dimension: Dimension, value: string) =>
    setView(withFilter(view, dimension, next(view.filters[dimension], value)));
  const filters: RowFilters = {
    now: (dimension) => view.filters[dimension],
    only: change(only),
    exclude: change(excluding),
    linkPage: (id) => `/links/${id}?${formatView(withFilter(view, 'link', null))}`,
  };
  const bar = (
    <ViewBar view={view} query={query} onChange={setView} without={link ? ['link'] : []} />
  );
  const filling = series.data ? isFilling(view.range, series.data.as_of, tz) : false;

  if (summary.error && !summary.data) {
    return (
      <Stack gap="md">
        {bar}
        <section className="tm-card">
          <ErrorPanel error={summary.error} retry={() => void summary.refetch()} />
        </section>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      {bar}
      <Headline data={totals} series={series.data} view={view} filling={filling} />
      {(series.data ? filling : typeof view.range === 'string') && (
        <div className={classes.ticker}>
          {later && summary.data && (
            <Suspense>
              <Ticker
                query={query}
                asOf={summary.data.as_of}
                ofLink={link !== undefined}
                onClicks={() => void summary.refetch({ cancelRefetch: false })}
              />
            </Suspense>
          )}
        </div>
      )}
      {below && (
        <>
          <TimePanel
            {...{ query, view, filling }}
            summary={summary.isPlaceholderData ? undefined : summary.data}
            series={totals && series.data}
            stale={series.isPlaceholderData}
            error={series.error}
            retry={() => void series.refetch()}
          />
          <div className={classes.places}>
            <MapCard query={query} filters={filters} draw={totals !== undefined} />
            <BreakdownCard {...places} query={query} filters={filters} />
          </div>
          <div className={classes.grid}>
            {cards.map((card) => (
              <BreakdownCard key={card.by.join()} {...card} query={query} filters={filters} />
            ))}
          </div>
          {footer}
        </>
      )}
      <Text size="xs" c="dimmed" ta="right" className="tm-num">
        {summary.data && (
          <>
            Counted up to{' '}
            <time dateTime={summary.data.as_of}>{time(summary.data.as_of, 'second', tz)}</time>
            {summary.error ? ' · the server does not answer now, trying again' : ''}
          </>
        )}
      </Text>
    </Stack>
  );
}
