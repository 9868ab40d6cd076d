// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useAlert, useAlertHistory, usePatchAlert } from '../../api/alerts';
import type { Alert, AlertChange } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import { FormError } from '../../ui/form_error';
import { count, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import { DeleteAlertDialog, EditAlertDialog, TestAlertDialog } from './alert_dialogs';
import { alertState, evidenceText, ruleText } from './alert_words';
import { ListRows, RowsPlaceholder } from './list_rows';
import { Page } from './page';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

const back = { to: '/settings/alerts', label: 'Alerts' };

function Actions({ alert }: { alert: Alert }) {
  const patch = usePatchAlert(alert.id);
  const [testing, test] = useDisclosure(false);
  const [editing, edit] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  return (
    <>
      {patch.error && <FormError error={patch.error} />}
      <Group gap="xs">
        <Button size="xs" onClick={edit.open}>
          Edit
        </Button>
        {alert.recipients.length > 0 && (
          <Button size="xs" variant="default" onClick={test.open}>
            Send a test mail
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          loading={patch.isPending}
          onClick={() => patch.mutate({ enabled: !alert.enabled })}
        >
          {alert.enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Button size="xs" variant="default" onClick={remove.open}>
          Delete
        </Button>
      </Group>
      <TestAlertDialog alert={alert} opened={testing} onClose={test.close} />
      <EditAlertDialog alert={alert} opened={editing} onClose={edit.close} />
      <DeleteAlertDialog alert={alert} opened={deleting} onClose={remove.close} />
    </>
  );
}

function Facts({ alert }: { alert: Alert }) {
  const [tz] = useTimeZone();
  const { evidence } = alert;
  return (
    <Section title="How it stands">
      <dl className={classes.facts}>
        <dt>Watches for</dt>
        <dd>{ruleText(alert)}</dd>
        <dt>State</dt>
        <dd>
          {alertState(alert).word} since {time(alert.since, 'full', tz)}
        </dd>
        {evidence && (
          <>
            <dt>Judged last</dt>
            <dd>
              {time(evidence.from, 'full', tz)} to {time(evidence.to, 'full', tz)}:{' '}
              {evidenceText(evidence, alert.measure)}
            </dd>
          </>
        )}
        <dt>Mail to</dt>
        <dd>{alert.recipients.length > 0 ? alert.recipients.join(', ') : 'Nobody'}</dd>
        <dt>Then quiet for</dt>
        <dd>{count(alert.quiet_minutes)} minutes</dd>
      </dl>
    </Section>
  );
}

function ChangeRow({ change, alert }: { change: AlertChange; alert: Alert }) {
  const [tz] = useTimeZone();
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <StateMark {...alertState({ enabled: true, state: change.state })} />
        <Text size="sm">{evidenceText(change.evidence, alert.measure)}</Text>
        <Text size="xs" c="dimmed">
          {time(change.time, 'full', tz)}
          {change.state === 'firing' && !change.told && ' · not told: it was still to keep quiet'}
        </Text>
      </div>
    </li>
  );
}

function History({ alert }: { alert: Alert }) {
  const history = useAlertHistory(alert.id);
  return (
    <Section title="History" hint="Changes of state, newest first, of the last 400 days.">
      <ListRows
        list={history}
        label="History"
        empty={<EmptyState icon="bell" title="It has not changed yet" />}
      >
        {(change) => <ChangeRow key={change.id} change={change} alert={alert} />}
      </ListRows>
    </Section>
  );
}

/** One alert: how it stands and what it found. */
export default function AlertPage({ id }: { id: string }) {
  const alert = useAlert(id);
  if (!alert.data)
    return (
      <Page title="Alert" back={back}>
        <div className="tm-card">
          {alert.error ? (
            <ErrorPanel error={alert.error} retry={() => void alert.refetch()} />
          ) : (
            <RowsPlaceholder />
          )}
        </div>
      </Page>
    );
  return (
    <Page title={alert.data.name} back={back} aside={<StateMark {...alertState(alert.data)} />}>
      <Actions alert={alert.data} />
      <Facts alert={alert.data} />
      <History alert={alert.data} />
    </Page>
  );
}
