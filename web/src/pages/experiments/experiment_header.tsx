// SPDX-License-Identifier: Apache-2.0
// The name of an experiment, its state, and what can be done with it.
import { Button, Group, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useLocation } from 'wouter';
import { useDeleteExperiment, usePatchExperiment } from '../../api/experiments';
import { asApiError } from '../../api/problem';
import type { ExperimentReport } from '../../api/types';
import { ConfirmDialog } from '../../ui/confirm_dialog';
import { time } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useTimeZone } from '../../ui/time_zone';
import { EditExperimentDialog } from './edit_experiment_dialog';
import classes from './experiments.module.css';
import { StateBadge } from './state_badge';

function DeleteDialog({
  report,
  opened,
  onClose,
}: {
  report: ExperimentReport;
  opened: boolean;
  onClose: () => void;
}) {
  const remove = useDeleteExperiment(report);
  const [, navigate] = useLocation();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ title: 'Experiment deleted', message: report.name, color: 'pine' });
        navigate('/experiments', { replace: true });
      },
    });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this experiment?"
      verb="Delete"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    >
      <b>{report.name}</b> and what it found go for good. Its links and clicks stay.
    </ConfirmDialog>
  );
}

/** Ends it now, or takes its end away. */
function EndOrGoOn({ report }: { report: ExperimentReport }) {
  const patch = usePatchExperiment(report);
  const ended = report.state === 'ended';
  const change = () =>
    patch.mutate(
      { state: ended ? 'running' : 'ended' },
      {
        onError: (thrown) => {
          const { title, detail } = asApiError(thrown);
          notifications.show({ title, message: detail, color: 'red' });
        },
      },
    );
  if (report.state === 'planned') return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={patch.isPending}
      leftSection={<Icon name={ended ? 'play' : 'pause'} size={15} />}
      onClick={change}
    >
      {ended ? 'Go on' : 'End now'}
    </Button>
  );
}

export function ExperimentHeader({ report }: { report: ExperimentReport }) {
  const [tz] = useTimeZone();
  const [editing, edit] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  const end = report.ends_at ? ` – ${time(report.ends_at, 'full', tz)}` : '';
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <div className={classes.what}>
        <Group gap={10}>
          <Title order={1} className={classes.anywhere}>
            {report.name}
          </Title>
          <StateBadge state={report.state} />
        </Group>
        <Text size="sm" c="dimmed">
          {report.kind === 'links' ? 'Links' : 'Variants of one link'} ·{' '}
          {time(report.starts_at, 'full', tz)}
          {end}
        </Text>
      </div>
      <Group gap={6}>
        <EndOrGoOn report={report} />
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="edit" size={15} />}
          onClick={edit.open}
        >
          Edit
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="trash" size={15} />}
          onClick={remove.open}
        >
          Delete
        </Button>
      </Group>
      <EditExperimentDialog report={report} opened={editing} onClose={edit.close} />
      <DeleteDialog report={report} opened={deleting} onClose={remove.close} />
    </Group>
  );
}
