// SPDX-License-Identifier: Apache-2.0
import { Text } from '@mantine/core';
import {
  useAlert,
  useAlertHistory,
  useDeleteAlert,
  usePatchAlert,
  useTestAlert,
} from '../../api/alerts';
import type { Alert, AlertChange } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { count, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import rows from '../../ui/rows.module.css';
import { AlertForm } from './alert_form';
import { toPatch, valuesOf } from './alert_values';
import { alertState, evidenceText, ruleText } from './alert_words';
import { DialogButton } from './dialog_button';
import { EditForm } from './item_forms';
import { ItemActions, ItemPage } from './item_page';
import { ListRows } from './list_rows';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';
import { TestRun } from './test_run';

const back = { to: '/settings/alerts', label: 'Alerts' };

function MailTest({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  return (
    <TestRun
      test={useTestAlert(alert.id)}
      waiting="The mail server is asked for each recipient."
      again="Send another"
      onClose={onClose}
    >
      {({ answers }) =>
        answers.map(({ to, accepted, code, answer }) => (
          <div key={to}>
            <StateMark
              tone={accepted ? 'good' : 'bad'}
              word={accepted ? 'Taken by the mail server' : 'Refused'}
            />
            <Text size="sm" className={classes.anywhere}>
              {to}
            </Text>
            <Text size="xs" c="dimmed" className={classes.anywhere}>
              {code ?? 'No answer'} {answer}
            </Text>
          </div>
        ))
      }
    </TestRun>
  );
}

function Actions({ alert }: { alert: Alert }) {
  const patch = usePatchAlert(alert.id);
  return (
    <ItemActions
      item={alert}
      what="alert"
      back={back}
      patch={patch}
      remove={useDeleteAlert(alert.id)}
      edit={{
        title: 'Edit alert',
        form: (onClose) => (
          <EditForm
            form={AlertForm}
            values={valuesOf(alert)}
            saved={alert.name}
            {...{ patch, toPatch, onClose }}
          />
        ),
      }}
      gone="watches no more, and its history goes with it."
    >
      {alert.recipients.length > 0 && (
        <DialogButton size="xs" variant="default" label="Send a test mail" title="A test mail">
          {(onClose) => <MailTest {...{ alert, onClose }} />}
        </DialogButton>
      )}
    </ItemActions>
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
    <li className={rows.row}>
      <div className={rows.what}>
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
  return (
    <ItemPage title="Alert" back={back} answer={useAlert(id)} state={alertState}>
      {(alert) => (
        <>
          <Actions alert={alert} />
          <Facts alert={alert} />
          <History alert={alert} />
        </>
      )}
    </ItemPage>
  );
}
