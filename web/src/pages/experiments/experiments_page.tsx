// SPDX-License-Identifier: Apache-2.0
// All experiments, each with its verdict in a sentence, and the planner below. The server tells what
// an experiment found one at a time, so every row asks for its own.
import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure, useDocumentTitle } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'wouter';
import { experimentsPage, useExperiment, useExperiments } from '../../api/experiments';
import type { Experiment } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import { time } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useTimeZone } from '../../ui/time_zone';
import rows from '../../ui/rows.module.css';
import { useArmNames } from './arm_names';
import { verdictWords } from './experiment_words';
import classes from './experiments.module.css';
import { NewExperimentDialog } from './new_experiment_dialog';
import { Planner } from './planner';
import { StateBadge } from './state_badge';

/** How often a row asks for its verdict, in ms. */
const rowPace = 60_000;

function Row({ item }: { item: Experiment }) {
  const [tz] = useTimeZone();
  const names = useArmNames(item.arms);
  const report = useExperiment(item.id, rowPace);
  const verdict = report.data && verdictWords(report.data, names);
  return (
    <li className={`${rows.row} ${rows.opens}`}>
      <div className={rows.what}>
        <Group gap={8} wrap="nowrap">
          <Link href={`/experiments/${item.id}`} className={rows.name}>
            {item.name}
          </Link>
          <StateBadge state={item.state} />
        </Group>
        <Text size="sm" className={classes.verdictLine} data-tone={verdict?.tone}>
          {verdict ? verdict.sentence : report.error ? 'The verdict could not be read now.' : '…'}
        </Text>
        <Text size="xs" c="dimmed" className={classes.anywhere}>
          {names.join(' · ')} – since {time(item.starts_at, 'day', tz)}
        </Text>
      </div>
      <span className={classes.arrow}>
        <Icon name="right" size={16} />
      </span>
    </li>
  );
}

export default function ExperimentsPage() {
  useDocumentTitle('Experiments · Tallymark');
  const [cursors, setCursors] = useState<string[]>([]);
  const [creating, create] = useDisclosure(false);
  const experiments = useExperiments(cursors.at(-1) ?? '');
  const next = experiments.data?.next_cursor;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>Experiments</Title>
        <Button leftSection={<Icon name="plus" size={16} />} onClick={create.open}>
          New experiment
        </Button>
      </Group>
      <section className="tm-card" aria-label="Experiments">
        {experiments.data ? (
          experiments.data.data.length === 0 ? (
            <EmptyState icon="chart" title="No experiments yet">
              Compare links by how often they are clicked when shown, or the variants of one link by
              how often they convert. The verdict holds however often you look at it.
            </EmptyState>
          ) : (
            <ul className={rows.list} aria-label="Experiments">
              {experiments.data.data.map((item) => (
                <Row key={item.id} item={item} />
              ))}
            </ul>
          )
        ) : experiments.error ? (
          <ErrorPanel error={experiments.error} retry={() => void experiments.refetch()} />
        ) : (
          <Skeleton height={120} m="md" w="auto" />
        )}
      </section>
      {(cursors.length > 0 || next) && (
        <Group justify="space-between" component="nav" aria-label="Pages">
          <Button
            variant="default"
            size="xs"
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            Newer {experimentsPage}
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={!next}
            onClick={() => next && setCursors([...cursors, next])}
          >
            Older
          </Button>
        </Group>
      )}
      <Planner />
      <NewExperimentDialog opened={creating} onClose={create.close} />
    </Stack>
  );
}
