// SPDX-License-Identifier: Apache-2.0
// Stored hits judged again by the rules of now. The first step is a report that changes nothing;
// the change is offered beside it.
import { Button, Checkbox, Group, Progress, Stack, Table, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useReclassification, useReclassify } from '../../api/reclassify';
import type { Reclassification, ReclassificationCreate } from '../../api/types';
import { valueName } from '../../ui/dimension_names';
import { Fields } from '../../ui/fields';
import { FormError } from '../../ui/form_error';
import { count } from '../../ui/format';
import { localText, momentOf } from '../../ui/local_time';
import { isMisplaced, refuse } from '../../ui/refusal';
import { browserZone } from '../../ui/time_zone';
import { ConfirmDialog } from '../../ui/confirm_dialog';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

const fields = ['from', 'to'] as const;

function stateText(job: Reclassification): string {
  if (job.state === 'waiting') return 'Waiting for earlier clicks to be stored';
  if (job.state === 'planning')
    return `Judging: ${count(job.examined)} of ${count(job.total)}; nothing has changed yet`;
  if (job.state === 'applying') return 'The report is complete; rows are changing';
  if (job.state === 'failed') return 'Failed';
  const what = `${count(job.changed)} of ${count(job.examined)} hits`;
  return job.dry_run ? `${what} would change` : `${what} changed`;
}

function Report({ job }: { job: Reclassification }) {
  const over = job.state === 'done' || job.state === 'failed';
  const verdict = ({ traffic, reason }: Reclassification['by'][number]['from']) =>
    reason ? `${valueName('traffic', traffic)} (${reason})` : valueName('traffic', traffic);
  return (
    <Stack gap="sm" aria-live="polite">
      <StateMark
        tone={job.state === 'failed' ? 'bad' : over ? 'good' : 'quiet'}
        word={stateText(job)}
      />
      {!over && (
        <Progress
          value={job.total > 0 ? (job.examined / job.total) * 100 : 0}
          size="sm"
          aria-label="Judged so far"
        />
      )}
      {job.error && (
        <Text size="sm" c="var(--tm-bad)" className={classes.anywhere}>
          {job.error}
        </Text>
      )}
      {job.by.length > 0 && (
        <Table.ScrollContainer minWidth={420} tabIndex={0}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Stored as</Table.Th>
                <Table.Th>By the rules of now</Table.Th>
                <Table.Th ta="right">Hits</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {job.by.map((row) => (
                <Table.Tr key={`${verdict(row.from)} ${verdict(row.to)}`}>
                  <Table.Td>{verdict(row.from)}</Table.Td>
                  <Table.Td>{verdict(row.to)}</Table.Td>
                  <Table.Td ta="right" className="tm-num">
                    {count(row.count)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

export function ReclassifyPanel() {
  const begin = useReclassify();
  const [id, setId] = useState<string | null>(null);
  const [asking, setAsking] = useState<ReclassificationCreate | null>(null);
  const job = useReclassification(id);
  const now = Date.now();
  const form = useForm({
    initialValues: {
      from: localText(new Date(now - 30 * 86_400_000).toISOString()),
      to: localText(new Date(now + 60_000).toISOString()),
      release: false,
    },
    validate: {
      from: (value) => (momentOf(value) ? null : 'Give the day and the time'),
      to: (value) => (momentOf(value) ? null : 'Give the day and the time'),
    },
  });
  const start = (body: ReclassificationCreate) =>
    begin.mutate(body, {
      onSuccess: (made) => setId(made.id),
      onError: (thrown) => refuse(form, fields, thrown),
      onSettled: () => setAsking(null),
    });
  const body = (values: typeof form.values, dry: boolean): ReclassificationCreate => ({
    from: momentOf(values.from) ?? '',
    to: momentOf(values.to) ?? '',
    dry_run: dry,
    suspects: values.release ? 'release' : 'keep',
  });
  return (
    <Section
      title="Judge stored clicks again"
      hint="Rules that tell bots from people get better. This runs today’s rules over clicks of the past; unique clicks are worked out again."
      padded
    >
      <form onSubmit={form.onSubmit((values) => start(body(values, true)))} noValidate>
        <Stack gap="md">
          {isMisplaced(begin.error, fields) && <FormError error={begin.error} />}
          <Fields>
            <TextInput
              label="From"
              description={`In ${browserZone()}.`}
              type="datetime-local"
              {...form.getInputProps('from')}
            />
            <TextInput
              label="Until"
              description="At the latest now."
              type="datetime-local"
              {...form.getInputProps('to')}
            />
          </Fields>
          <Checkbox
            label="Judge suspected scanners by their browser alone"
            description="They opened four links within two seconds, which is not stored. Left off, they stay suspects."
            {...form.getInputProps('release', { type: 'checkbox' })}
          />
          <Group gap="sm">
            <Button type="submit" loading={begin.isPending}>
              See what would change
            </Button>
            <Button
              variant="default"
              onClick={() => form.validate().hasErrors || setAsking(body(form.values, false))}
            >
              Change them …
            </Button>
          </Group>
          {begin.error === null && job.data && <Report job={job.data} />}
          {job.error && <FormError error={job.error} />}
        </Stack>
      </form>
      <ConfirmDialog
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title="Judge these clicks again?"
        verb="Change them"
        keep="Not now"
        pending={begin.isPending}
        error={null}
        onConfirm={() => asking && start(asking)}
      >
        Numbers of this time may change, in both directions, and the old verdicts are not kept. See
        what would change first.
      </ConfirmDialog>
    </Section>
  );
}
