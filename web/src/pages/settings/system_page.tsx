// SPDX-License-Identifier: Apache-2.0
import { Anchor, Code, Progress, Text } from '@mantine/core';
import { useMetrics, useReadiness } from '../../api/health';
import { useMeta } from '../../api/session';
import { bytes } from '../../ui/bytes';
import { ErrorPanel } from '../../ui/error_panel';
import { count, share, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import rows from '../../ui/rows.module.css';
import { DiskFact } from './disk_fact';
import { ListRows } from './list_rows';
import { Page } from './page';
import { overall, type Part, partStates, partText, partTitle } from './readiness_words';
import { ReclassifyPanel } from './reclassify_panel';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

function PartRow({ part }: { part: Part }) {
  return (
    <li className={rows.row}>
      <div className={rows.what}>
        <Text fw={600}>{partTitle(part)}</Text>
        <Text size="sm" c="dimmed">
          {partText(part)}
        </Text>
        {part.detail && (
          <Text size="xs" c="dimmed" className={classes.anywhere}>
            {part.detail}
          </Text>
        )}
      </div>
      <StateMark {...partStates[part.state]} />
    </li>
  );
}

function Health() {
  const readiness = useReadiness();
  const list = {
    rows: readiness.data?.parts ?? null,
    error: readiness.data ? null : readiness.error,
    retry: () => void readiness.refetch(),
  };
  const all = readiness.data ? overall(readiness.data) : null;
  return (
    <Section
      title="How it is"
      hint="Each part of the server, asked every five seconds."
      action={all && <StateMark tone={all.tone} word={all.text} />}
    >
      <ListRows list={list} label="Parts" empty={null}>
        {(part) => <PartRow key={part.name} part={part} />}
      </ListRows>
    </Section>
  );
}

/** A Unix time in seconds, as the rest of the console writes moments. */
function isoOf(seconds: number | undefined): string | null {
  return seconds ? new Date(seconds * 1000).toISOString() : null;
}

function Machine() {
  const metrics = useMetrics();
  const meta = useMeta();
  const [tz] = useTimeZone();
  if (metrics.error && !metrics.data)
    return <ErrorPanel error={metrics.error} retry={() => void metrics.refetch()} compact />;
  const value = (name: string) => metrics.data?.get(`tallymark_${name}`);
  const used = value('journal_bytes');
  const room = value('journal_max_bytes');
  const size = value('disk_bytes');
  const free = value('disk_free_bytes');
  const lost = value('journal_unrecorded_total');
  const filled = used !== undefined && room ? used / room : null;
  return (
    <dl className={classes.facts}>
      <dt>Version</dt>
      <dd>{meta.data?.version}</dd>
      {size !== undefined && free !== undefined && (
        <>
          <dt>Disk</dt>
          <dd>
            <DiskFact disk={{ size, free, reserve: value('disk_reserve_bytes') }} />
          </dd>
        </>
      )}
      <dt>Room for logs</dt>
      <dd>
        {bytes(used)} of {bytes(room)}
        {filled !== null && (
          <>
            {' '}
            ({share(filled)})
            <Progress value={filled * 100} size="sm" mt={6} aria-label="Room for logs, used" />
          </>
        )}
        <Text size="xs" c="dimmed" mt={4}>
          Clicks wait here until they are stored. When it is full (<Code>journal.max_bytes</Code>),
          links go on and clicks are lost.
        </Text>
      </dd>
      <dt>Clicks never recorded</dt>
      <dd>{count(lost)} since this data folder was made</dd>
      <dt>Numbers are behind by</dt>
      <dd>
        {value('store_lag_seconds') === undefined
          ? '–'
          : `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(value('store_lag_seconds') ?? 0)} s at most`}
      </dd>
      <dt>Links at the edge</dt>
      <dd>
        {count(value('links'))}, in {bytes(value('links_memory_bytes'))} of memory
      </dd>
      <dt>Geography built</dt>
      <dd>
        {time(isoOf(value('geo_build_timestamp_seconds')), 'day', tz)}
        <Text size="xs" c="dimmed">
          {meta.data?.geo_attribution ?? 'There is no database of places.'}
        </Text>
        <Text size="xs" c="dimmed">
          For a newer one, run <Code>tallymark geo update</Code> where the server runs.
        </Text>
      </dd>
      <dt>API</dt>
      <dd>
        <Anchor href="/api/v1/openapi.json" target="_blank" size="sm">
          Its description (OpenAPI)
        </Anchor>
        <Text size="xs" c="dimmed">
          Everything that this console does, it does through it.
        </Text>
      </dd>
    </dl>
  );
}

/** Whether everything works, and what runs. */
export default function SystemPage() {
  return (
    <Page title="System">
      <Health />
      <Section title="This server">
        <Machine />
      </Section>
      <ReclassifyPanel />
    </Page>
  );
}
