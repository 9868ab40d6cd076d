// SPDX-License-Identifier: Apache-2.0
// Everything that is told about clicks, for one link or for all of them: totals, time, breakdowns.
import { Skeleton, Stack, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { usePanelsFollow } from '../api/refresh';
import { pace, useSummary, useTimeseries } from '../api/stats';
import type { ApiDimension, Summary } from '../api/types';
import { formatView, isFilling, statsQuery, withFilter } from '../api/view';
import { ErrorPanel } from '../ui/error_panel';
import { time } from '../ui/format';
import { useTimeZone } from '../ui/time_zone';
import { useView } from '../ui/use_view';
import { BreakdownCard } from './breakdown_card';
import type { Choose } from './breakdown_table';
import { Headline } from './headline';
import classes from './stats_panels.module.css';
import { ViewBar } from './view_bar';

const TimeChart = lazy(() =>
  import('../charts/time_chart').then((module) => ({ default: module.TimeChart })),
);

type Card = { title: string; by: readonly [ApiDimension, ...ApiDimension[]] };

const sources: Card = {
  title: 'Sources',
  by: ['channel', 'source', 'referrer', 'referrer_path', 'ad_click'],
};
const campaigns: Card = {
  title: 'Campaigns',
  by: ['campaign', 'medium', 'content', 'term', 'src', 'tag'],
};
const places: Card = {
  title: 'Places and languages',
  by: ['country', 'region', 'city', 'language'],
};
const devices: Card = {
  title: 'Devices',
  by: ['device', 'platform', 'os', 'browser', 'in_app', 'os_version', 'browser_version', 'screen'],
};
const kinds: Card = { title: 'Kinds of click', by: ['trigger', 'outcome'] };
const botKinds: Card = { title: 'Kinds of click', by: ['traffic', 'reason', 'trigger', 'outcome'] };
const links: Card = { title: 'Links', by: ['link', 'domain'] };

type Props = {
  /** Id of the one link to look at; all links without it. */
  link?: string;
  /** Shown in place of the panels when no click was ever counted. */
  empty: ReactNode;
  /** Shown below the panels. */
  footer?: ReactNode;
};

/** How often a page without any click looks for the first one. */
const waitingMs = 1_000;

/** Whether no click has ever been counted, in any range and of anyone. */
function useSilence(link: string | undefined, tz: string): boolean {
  const query = statsQuery({ range: 'all', traffic: 'all', filters: {} }, tz, link);
  const ever = useSummary(query, ({ state }) => (hasClicks(state.data) ? false : waitingMs));
  return ever.data !== undefined && !hasClicks(ever.data);
}

function hasClicks(summary: Summary | undefined): boolean {
  return summary !== undefined && summary.clicks + summary.bots + summary.outcomes.length > 0;
}

export function StatsPanels({ link, empty, footer }: Props) {
  const [view, setView] = useView();
  const [, navigate] = useLocation();
  const [tz] = useTimeZone();
  const query = statsQuery(view, tz, link);
  const silent = useSilence(link, tz);
  const summary = useSummary(query, silent ? waitingMs : undefined);
  const series = useTimeseries(query);
  usePanelsFollow(query, summary, pace(query));

  // The first click ends the wait at once, not with the headline's next turn.
  const askAgain = useRef(summary.refetch);
  askAgain.current = summary.refetch;
  const waited = useRef(silent);
  useEffect(() => {
    if (waited.current && !silent) void askAgain.current({ cancelRefetch: true });
    waited.current = silent;
  }, [silent]);

  if (silent) return <section className="tm-card">{empty}</section>;

  const cards = [...(link ? [] : [links]), sources, places, devices, campaigns];
  cards.push(view.traffic === 'human' ? kinds : botKinds);
  const choose: Choose = (dimension, value) => {
    if (dimension !== 'link') return setView(withFilter(view, dimension, value));
    navigate(`/links/${value}?${formatView(withFilter(view, 'link', null))}`);
  };

  if (summary.error && !summary.data) {
    return (
      <Stack gap="md">
        <ViewBar view={view} onChange={setView} />
        <section className="tm-card">
          <ErrorPanel error={summary.error} retry={() => void summary.refetch()} />
        </section>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <ViewBar view={view} onChange={setView} />
      <Headline data={summary.data} view={view} />
      <section className={`tm-card ${classes.chart}`} aria-label="Clicks over time">
        {series.data ? (
          <Suspense fallback={<Skeleton height={306} />}>
            <TimeChart
              data={series.data}
              traffic={view.traffic}
              filling={isFilling(view.range, series.data.as_of, tz)}
            />
          </Suspense>
        ) : series.error ? (
          <ErrorPanel error={series.error} retry={() => void series.refetch()} />
        ) : (
          <Skeleton height={306} />
        )}
      </section>
      <div className={classes.grid}>
        {cards.map((card) => (
          <BreakdownCard key={card.by.join()} {...card} query={query} choose={choose} />
        ))}
      </div>
      {footer}
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
