// SPDX-License-Identifier: Apache-2.0
// Links, campaigns, channels or variants side by side. With nothing chosen the largest few are
// shown, so that the page says something at once.
import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure, useDocumentTitle } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useChannels, useCompared, useComparedMarkets, useComparedSeries } from '../../api/compare';
import { useSettings } from '../../api/settings';
import type { Compared, StatsQuery } from '../../api/types';
import { statsQuery, type View } from '../../api/view';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import { time } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useTimeZone } from '../../ui/time_zone';
import { ViewBar } from '../stats/view_bar';
import { ChannelsTable } from './channels_table';
import { type Column, useColumns } from './columns';
import classes from './compare.module.css';
import { CompareTable } from './compare_table';
import { type Choice, useCompareView } from './compare_view';
import { type NoFigures as NoFiguresReason, whyNoFigures } from './compare_words';
import { FiguresDialog } from './figures_dialog';
import { Markets } from './markets';
import { Picker } from './picker';
import { ShiftCard } from './shift_card';

const CompareChart = lazy(() => import('./compare_chart'));
const marketRows = 5;

type NoFiguresProps = {
  reason: NoFiguresReason;
  /** That the workspace reports in. */
  zone: string;
  view: View;
  setView: (view: View) => void;
};

/** Says why CTR and costs are missing where no entry could bring them, and how to get them. */
function NoFigures({ reason, zone, view, setView }: NoFiguresProps) {
  const [, setTz] = useTimeZone();
  return (
    <Text size="sm" c="dimmed" role="status">
      {reason.text}{' '}
      {reason.fix === 'zone' && (
        <Anchor component="button" size="sm" onClick={() => setTz(zone)}>
          Show days of {zone}
        </Anchor>
      )}
      {reason.fix === 'days' && (
        <Anchor component="button" size="sm" onClick={() => setView({ ...view, range: '30d' })}>
          Show 30 days
        </Anchor>
      )}
    </Text>
  );
}

type SideProps = {
  choice: Choice;
  columns: readonly Column[];
  query: StatsQuery;
  compared: { data: Compared | undefined; error: unknown; refetch: () => unknown };
  enter: ((link: string) => void) | null;
};

function SideBySide({ choice, columns, query, compared, enter }: SideProps) {
  const values = columns.map(({ value }) => value);
  const series = useComparedSeries(choice.by, values, query);
  const markets = useComparedMarkets(choice.by, values, query, marketRows);
  const drawn = series.map(({ data }) => data);
  return (
    <>
      {compared.data ? (
        <CompareTable data={compared.data} columns={columns} enter={enter} />
      ) : compared.error ? (
        <section className="tm-card">
          <ErrorPanel error={compared.error} retry={() => void compared.refetch()} />
        </section>
      ) : (
        <Skeleton height={380} radius="lg" />
      )}
      <section className={`tm-card ${classes.card}`} aria-label="Clicks over time">
        {drawn.some(Boolean) ? (
          <Suspense fallback={<Skeleton height={290} />}>
            <CompareChart columns={columns} series={drawn} />
          </Suspense>
        ) : (
          <Skeleton height={290} />
        )}
      </section>
      <Markets columns={columns} answers={markets.map(({ data }) => data)} />
    </>
  );
}

function nothingYet(choice: Choice, columns: readonly Column[]): ReactNode {
  if (choice.by === 'variant' && !choice.of) {
    return 'Choose the link whose variants are to stand side by side.';
  }
  if (choice.by === 'variant') return 'This link has no variants. Give it two or more first.';
  if (columns.length === 1) return 'Add one more above, and both stand side by side.';
  return 'No clicks in this range match what is chosen above. A longer range may have some.';
}

export default function ComparePage() {
  useDocumentTitle('Compare · Tallymark');
  const { view, choice, setView, choose } = useCompareView();
  const [params] = useSearchParams();
  const [entering, enter] = useDisclosure(params.has('enter'));
  const [entryLink, setEntryLink] = useState<string | null>(null);
  const [tz] = useTimeZone();
  const query = statsQuery(view, tz, choice.of ?? undefined);
  const { columns, pending } = useColumns(choice, query);
  const values = columns.map(({ value }) => value);
  const compared = useCompared(choice.by, values, query);
  const channels = useChannels(query, choice.by === 'channel');
  const settings = useSettings();
  const hidden = settings.data ? whyNoFigures(view, tz, settings.data) : null;
  const enterFor = (link: string | null) => (setEntryLink(link), enter.open());
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>Compare</Title>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="edit" size={15} />}
          onClick={() => enterFor(choice.of)}
        >
          Impressions and costs
        </Button>
      </Group>
      <ViewBar view={view} query={query} onChange={setView} />
      {hidden && settings.data && (
        <NoFigures reason={hidden} zone={settings.data.time_zone} view={view} setView={setView} />
      )}
      <Picker choice={choice} columns={columns} query={query} choose={choose} />
      {choice.by === 'channel' && (
        <>
          {channels.error && !channels.data ? (
            <section className="tm-card">
              <ErrorPanel error={channels.error} retry={() => void channels.refetch()} />
            </section>
          ) : (
            <ChannelsTable data={channels.data} query={query} />
          )}
          {channels.data && <ShiftCard data={channels.data} enter={() => enterFor(null)} />}
        </>
      )}
      {columns.length >= 2 ? (
        <SideBySide
          choice={choice}
          columns={columns}
          query={query}
          compared={compared}
          enter={choice.by === 'link' && !hidden ? enterFor : null}
        />
      ) : pending ? (
        <Skeleton height={380} radius="lg" />
      ) : (
        <section className="tm-card">
          <EmptyState icon="chart" title="Nothing to compare yet">
            {nothingYet(choice, columns)}
          </EmptyState>
        </section>
      )}
      {compared.data && (
        <Text size="xs" c="dimmed" ta="right" className="tm-num">
          Counted up to{' '}
          <time dateTime={compared.data.as_of}>{time(compared.data.as_of, 'second', tz)}</time>
          {compared.data.incomplete && ' · for a while clicks could not be recorded'}
        </Text>
      )}
      <FiguresDialog opened={entering} onClose={enter.close} link={entryLink} />
    </Stack>
  );
}
