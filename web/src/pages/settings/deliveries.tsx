// SPDX-License-Identifier: Apache-2.0
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { Delivery } from '../../api/types';
import { useDeliveries } from '../../api/webhooks';
import { EmptyState } from '../../ui/empty_state';
import { count, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import { Exchange } from './exchange';
import { Expander } from './expander';
import { ListRows } from './list_rows';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

type Result = Delivery['result'];
type RowProps = { item: Delivery; again: (eventId: string) => void; sending: boolean };

function DeliveryRow({ item, again, sending }: RowProps) {
  const [tz] = useTimeZone();
  const failed = item.result === 'failed';
  const at = time(item.time, 'stamp', tz);
  return (
    <Expander
      name={`the request of ${at}`}
      head={
        <>
          <Group gap="xs">
            <StateMark
              tone={failed ? 'bad' : 'good'}
              word={item.status === null ? 'No answer' : String(item.status)}
            />
            <Text size="sm" className={classes.anywhere}>
              {item.events > 1 ? `${count(item.events)} × ${item.event}` : item.event}
            </Text>
          </Group>
          <Text size="xs" c="dimmed">
            {at} · took {count(item.took_ms)} ms
            {item.attempt > 1 && ` · attempt ${count(item.attempt)}`}
          </Text>
        </>
      }
    >
      {() => (
        <>
          <Exchange {...item} />
          <Group justify="space-between" mt="sm">
            <Text size="xs" c="dimmed" className={classes.anywhere}>
              webhook-id {item.event_id}
            </Text>
            {failed && (
              <Button
                size="xs"
                variant="default"
                loading={sending}
                onClick={() => again(item.event_id)}
              >
                Send again now
              </Button>
            )}
          </Group>
        </>
      )}
    </Expander>
  );
}

type Props = { id: string; again: (eventId: string) => void; sending: boolean };

/** Requests that were made to a receiver. */
export function Deliveries({ id, again, sending }: Props) {
  const [result, setResult] = useState<'any' | Result>('any');
  const list = useDeliveries(id, result === 'any' ? undefined : result);
  return (
    <Section
      title="Deliveries"
      hint="Requests that were made, newest first: the last 1,000 of 30 days."
      action={
        <SegmentedControl
          size="xs"
          value={result}
          onChange={(value) => setResult(value as 'any' | Result)}
          data={[
            { value: 'any', label: 'All' },
            { value: 'ok', label: 'Taken' },
            { value: 'failed', label: 'Failed' },
          ]}
          aria-label="Which deliveries"
        />
      }
    >
      <ListRows
        list={list}
        label="Deliveries"
        empty={
          <EmptyState
            icon="external"
            title={result === 'any' ? 'Nothing was sent yet' : 'None like that'}
          >
            {result === 'any'
              ? 'The next event appears here. Send a test to see one now.'
              : 'Of the last 1,000 requests of 30 days.'}
          </EmptyState>
        }
      >
        {(item) => <DeliveryRow key={item.id} item={item} again={again} sending={sending} />}
      </ListRows>
    </Section>
  );
}
