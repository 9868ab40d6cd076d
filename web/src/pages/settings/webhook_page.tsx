// SPDX-License-Identifier: Apache-2.0
import { notifications } from '@mantine/notifications';
import type { Webhook } from '../../api/types';
import {
  useDeleteWebhook,
  usePatchWebhook,
  useReplayWebhook,
  useWebhook,
} from '../../api/webhooks';
import { asApiError } from '../../api/problem';
import { CopyButton } from '../../ui/copy_button';
import { count, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import { DeadLetters, tellReplayed } from './dead_letters';
import { Deliveries } from './deliveries';
import { DialogButton } from './dialog_button';
import { EditForm } from './item_forms';
import { ItemActions, ItemPage } from './item_page';
import { Section } from './section';
import classes from './settings.module.css';
import { RotateForm } from './webhook_dialogs';
import { WebhookForm } from './webhook_form';
import { WebhookTest } from './webhook_test';
import { toPatch, valuesOf } from './webhook_values';
import { eventWords, filterWords, formatNames, standing } from './webhook_words';

const back = { to: '/settings/webhooks', label: 'Webhooks' };
const addressWords = { none: 'Not told', truncated: 'Its network only', full: 'All of it' };

function eventList(hook: Webhook): string {
  return hook.events
    .map((event) => eventWords.find(({ value }) => value === event)?.label ?? event)
    .join(' · ');
}

function Facts({ hook }: { hook: Webhook }) {
  const [tz] = useTimeZone();
  const moment = (iso: string | null) => time(iso, 'stamp', tz);
  const why = standing(hook).why;
  return (
    <Section title="How it stands">
      <dl className={classes.facts}>
        {why && (
          <>
            <dt>What is wrong</dt>
            <dd>
              {why}
              {hook.next_probe_at && ` The next try is ${moment(hook.next_probe_at)}.`}
            </dd>
          </>
        )}
        {hook.failing_since && (
          <>
            <dt>Failing since</dt>
            <dd>
              {moment(hook.failing_since)}, {count(hook.failures_in_row)} in a row
            </dd>
          </>
        )}
        {hook.last_error && (
          <>
            <dt>Last error</dt>
            <dd>{hook.last_error}</dd>
          </>
        )}
        <dt>Last taken</dt>
        <dd>{moment(hook.last_success_at)}</dd>
        <dt>Waiting</dt>
        <dd>
          {count(hook.waiting)} {hook.waiting === 1 ? 'event' : 'events'}, tried again later
        </dd>
        <dt>Sent to</dt>
        <dd>
          {hook.url}
          {hook.format !== 'standard' && ` (${formatNames[hook.format]})`}
        </dd>
        <dt>When</dt>
        <dd>{eventList(hook)}</dd>
        <dt>Which</dt>
        <dd>{filterWords(hook.filter)}</dd>
        <dt>Requests</dt>
        <dd>{hook.mode === 'batch' ? 'One for up to 500 events' : 'One for each event'}</dd>
        <dt>IP address</dt>
        <dd>{addressWords[hook.ip]}</dd>
        {hook.signature && (
          <>
            <dt>Signature</dt>
            <dd>
              {hook.signature === 'hmac' ? 'Shared secret (HMAC-SHA256)' : 'Key pair (Ed25519)'}
              {hook.previous_secret_until &&
                `; the old secret signs too until ${moment(hook.previous_secret_until)}`}
            </dd>
          </>
        )}
        {hook.public_key && (
          <>
            <dt>Public key</dt>
            <dd>
              <code>{hook.public_key}</code> <CopyButton text={hook.public_key} what="Public key" />
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
}

function Actions({ hook }: { hook: Webhook }) {
  const patch = usePatchWebhook(hook.id);
  const more = { size: 'xs', variant: 'default' } as const;
  return (
    <ItemActions
      item={hook}
      what="webhook"
      back={back}
      patch={patch}
      remove={useDeleteWebhook(hook.id)}
      edit={{
        title: 'Edit webhook',
        form: (onClose) => (
          <EditForm
            form={WebhookForm}
            values={valuesOf(hook)}
            saved={hook.name}
            {...{ patch, toPatch, onClose }}
          />
        ),
      }}
      gone={
        <>
          is told of nothing any more. Its log, its {count(hook.waiting)} waiting events and its{' '}
          {count(hook.dead)} dead letters go with it.
        </>
      }
    >
      <DialogButton {...more} label="Send a test" title={`A test of ${hook.name}`}>
        {(onClose) => <WebhookTest {...{ hook, onClose }} />}
      </DialogButton>
      {hook.signature && (
        <DialogButton {...more} label="New secret" title="A new secret" holds>
          {(onClose) => <RotateForm {...{ hook, onClose }} />}
        </DialogButton>
      )}
    </ItemActions>
  );
}

function Replays({ id }: { id: string }) {
  const replay = useReplayWebhook(id);
  const again = (eventId: string) =>
    replay.mutate(
      { event_id: eventId },
      {
        onSuccess: ({ replayed }) => tellReplayed(replayed),
        onError: (thrown) => {
          const { title, detail } = asApiError(thrown);
          notifications.show({ title, message: detail, color: 'red' });
        },
      },
    );
  return (
    <>
      <DeadLetters id={id} again={again} sending={replay.isPending} />
      <Deliveries id={id} again={again} sending={replay.isPending} />
    </>
  );
}

/** One webhook: how it stands, what was sent, what was given up. */
export default function WebhookPage({ id }: { id: string }) {
  return (
    <ItemPage title="Webhook" back={back} answer={useWebhook(id)} state={standing}>
      {(hook) => (
        <>
          <Actions hook={hook} />
          <Facts hook={hook} />
          <Replays id={id} />
        </>
      )}
    </ItemPage>
  );
}
