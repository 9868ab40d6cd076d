// SPDX-License-Identifier: Apache-2.0
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useLocation } from 'wouter';
import type { Webhook } from '../../api/types';
import {
  useDeleteWebhook,
  usePatchWebhook,
  useReplayWebhook,
  useWebhook,
} from '../../api/webhooks';
import { asApiError } from '../../api/problem';
import { CopyButton } from '../../ui/copy_button';
import { ErrorPanel } from '../../ui/error_panel';
import { FormError } from '../../ui/form_error';
import { count, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import { ConfirmDialog } from './confirm_dialog';
import { DeadLetters, tellReplayed } from './dead_letters';
import { Deliveries } from './deliveries';
import { RowsPlaceholder } from './list_rows';
import { Page } from './page';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';
import { EditWebhookDialog, RotateDialog } from './webhook_dialogs';
import { TestDialog } from './webhook_test_panel';
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

function DeleteDialog(props: { hook: Webhook; opened: boolean; onClose: () => void }) {
  const { hook, opened, onClose } = props;
  const remove = useDeleteWebhook(hook.id);
  const [, navigate] = useLocation();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ title: 'Webhook deleted', message: hook.name, color: 'pine' });
        navigate(back.to, { replace: true });
      },
    });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this webhook?"
      verb="Delete"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    >
      <b className={classes.anywhere}>{hook.name}</b> is told of nothing any more. Its log, its{' '}
      {count(hook.waiting)} waiting events and its {count(hook.dead)} dead letters go with it. This
      cannot be undone; to stop it for a while, switch it off.
    </ConfirmDialog>
  );
}

function Actions({ hook }: { hook: Webhook }) {
  const patch = usePatchWebhook(hook.id);
  const [testing, test] = useDisclosure(false);
  const [editing, edit] = useDisclosure(false);
  const [rotating, rotate] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  return (
    <>
      {patch.error && <FormError error={patch.error} />}
      <Group gap="xs">
        <Button size="xs" onClick={test.open}>
          Send a test
        </Button>
        <Button size="xs" variant="default" onClick={edit.open}>
          Edit
        </Button>
        {hook.signature && (
          <Button size="xs" variant="default" onClick={rotate.open}>
            New secret
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          loading={patch.isPending}
          onClick={() => patch.mutate({ enabled: !hook.enabled })}
        >
          {hook.enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Button size="xs" variant="default" onClick={remove.open}>
          Delete
        </Button>
      </Group>
      <TestDialog hook={hook} opened={testing} onClose={test.close} />
      <EditWebhookDialog hook={hook} opened={editing} onClose={edit.close} />
      <RotateDialog hook={hook} opened={rotating} onClose={rotate.close} />
      <DeleteDialog hook={hook} opened={deleting} onClose={remove.close} />
    </>
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
  const hook = useWebhook(id);
  if (!hook.data)
    return (
      <Page title="Webhook" back={back}>
        <div className="tm-card">
          {hook.error ? (
            <ErrorPanel error={hook.error} retry={() => void hook.refetch()} />
          ) : (
            <RowsPlaceholder />
          )}
        </div>
      </Page>
    );
  const { tone, word } = standing(hook.data);
  return (
    <Page title={hook.data.name} back={back} aside={<StateMark tone={tone} word={word} />}>
      <Actions hook={hook.data} />
      <Facts hook={hook.data} />
      <Replays id={id} />
    </Page>
  );
}
