// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { Webhook, WebhookAnswer } from '../../api/types';
import { useTestWebhook } from '../../api/webhooks';
import { FormError } from '../../ui/form_error';
import { count } from '../../ui/format';
import { Exchange } from './exchange';
import { StateMark } from './state_mark';

function outcome(answer: WebhookAnswer): string {
  const took = `after ${count(answer.took_ms)} ms`;
  if (answer.status === null) return `No answer (${took})`;
  return answer.result === 'ok'
    ? `Taken: ${answer.status} ${took}`
    : `Refused: ${answer.status} ${took}`;
}

function Body({ hook, onClose }: { hook: Webhook; onClose: () => void }) {
  const test = useTestWebhook(hook.id);
  const { mutate } = test;
  useEffect(() => mutate(), [mutate]);
  return (
    <Stack gap="sm" aria-live="polite">
      {test.error && <FormError error={test.error} />}
      {test.isPending && (
        <Text size="sm">A test event is on its way. The receiver has 15 seconds to answer.</Text>
      )}
      {test.data && (
        <div>
          <StateMark tone={test.data.result === 'ok' ? 'good' : 'bad'} word={outcome(test.data)} />
          <Exchange {...test.data} />
        </div>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          Send another
        </Button>
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}

type Props = { hook: Webhook; opened: boolean; onClose: () => void };

/** Sends a test event and shows what the receiver said. */
export function TestDialog({ hook, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`A test of ${hook.name}`} size="lg">
      <Body hook={hook} onClose={onClose} />
    </Modal>
  );
}
