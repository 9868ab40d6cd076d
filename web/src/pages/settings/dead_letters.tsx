// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import type { DeadLetter, WebhookReplay } from '../../api/types';
import { useDeadLetters, useReplayWebhook } from '../../api/webhooks';
import { EmptyState } from '../../ui/empty_state';
import { FormError } from '../../ui/form_error';
import { count, time } from '../../ui/format';
import { localText, momentOf } from '../../ui/local_time';
import { isMisplaced, refuse } from '../../ui/refusal';
import { browserZone, useTimeZone } from '../../ui/time_zone';
import { CodeBlock } from './code_block';
import { Expander } from './expander';
import { FormButtons } from './form_buttons';
import { ListRows } from './list_rows';
import { pretty } from './pretty';
import { Section } from './section';
import classes from './settings.module.css';

const rangeFields = ['from', 'to'] as const;
const keptDays = 30;

function ReplayRange({ id, onClose }: { id: string; onClose: () => void }) {
  const replay = useReplayWebhook(id);
  const now = Date.now();
  const form = useForm({
    initialValues: {
      from: localText(new Date(now - keptDays * 86_400_000).toISOString()),
      to: localText(new Date(now + 60_000).toISOString()),
    },
    validate: {
      from: (value) => (momentOf(value) ? null : 'Give the day and the time'),
      to: (value, { from }) =>
        !momentOf(value)
          ? 'Give the day and the time'
          : value > from
            ? null
            : 'It ends before it begins',
    },
  });
  const submit = form.onSubmit((values) => {
    const body: WebhookReplay = {
      from: momentOf(values.from) ?? '',
      to: momentOf(values.to) ?? '',
    };
    replay.mutate(body, {
      onError: (thrown) => refuse(form, rangeFields, thrown),
      onSuccess: ({ replayed }) => {
        tellReplayed(replayed);
        onClose();
      },
    });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {isMisplaced(replay.error, rangeFields) && <FormError error={replay.error} />}
        <Text size="sm">
          Every dead letter whose event happened in this time is sent again, with the id that it
          had. Times are in {browserZone()}.
        </Text>
        <TextInput
          label="From"
          type="datetime-local"
          data-autofocus
          {...form.getInputProps('from')}
        />
        <TextInput label="Until" type="datetime-local" {...form.getInputProps('to')} />
        <FormButtons submit="Send again" pending={replay.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

/** Says how many events are on their way once more. */
export function tellReplayed(replayed: number): void {
  notifications.show({
    title: replayed === 0 ? 'Nothing to send again' : 'On its way again',
    message:
      replayed === 0
        ? 'It was delivered meanwhile, or it is too old.'
        : `${count(replayed)} ${replayed === 1 ? 'event is' : 'events are'} sent within seconds.`,
    color: 'pine',
  });
}

type RowProps = { item: DeadLetter; again: (eventId: string) => void; sending: boolean };

function DeadRow({ item, again, sending }: RowProps) {
  const [tz] = useTimeZone();
  const at = time(item.time, 'stamp', tz);
  return (
    <Expander
      name={`the event of ${at}`}
      head={
        <>
          <Text size="sm">{item.event}</Text>
          <Text size="xs" c="dimmed" className={classes.anywhere}>
            Happened {at} · {count(item.attempts)} attempts ·{' '}
            {item.error ?? (item.status === null ? 'no answer' : `answered ${item.status}`)}
          </Text>
        </>
      }
      aside={
        <Button
          size="xs"
          variant="default"
          loading={sending}
          onClick={() => again(item.event_id)}
          aria-label={`Send again the event of ${at}`}
        >
          Send again
        </Button>
      }
    >
      {() => (
        <Stack gap={6} mt="sm">
          <CodeBlock text={pretty(item.body)} label="The event" />
          <Text size="xs" c="dimmed" className={classes.anywhere}>
            webhook-id {item.event_id}
          </Text>
        </Stack>
      )}
    </Expander>
  );
}

type Props = { id: string; again: (eventId: string) => void; sending: boolean };

/** Events that were given up, with their bodies, and the way to send them after all. */
export function DeadLetters({ id, again, sending }: Props) {
  const list = useDeadLetters(id);
  const [ranging, range] = useDisclosure(false);
  return (
    <Section
      title="Given up"
      hint={`Events that no attempt delivered. They stay for ${keptDays} days after they happened.`}
      action={
        list.rows && list.rows.length > 0 ? (
          <Group>
            <Button size="xs" variant="default" onClick={range.open}>
              Send a range again
            </Button>
          </Group>
        ) : null
      }
    >
      <ListRows
        list={list}
        label="Events that were given up"
        empty={<EmptyState icon="check" title="Nothing was given up" />}
      >
        {(item) => <DeadRow key={item.event_id} item={item} again={again} sending={sending} />}
      </ListRows>
      <Modal opened={ranging} onClose={range.close} title="Send a range again">
        <ReplayRange id={id} onClose={range.close} />
      </Modal>
    </Section>
  );
}
