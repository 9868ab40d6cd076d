// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTestExport } from '../../api/exports';
import type { BucketAnswer, Export } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { count } from '../../ui/format';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

function Step({ did, answer }: { did: string; answer: BucketAnswer }) {
  const outcome = answer.status === null ? 'no answer' : answer.status;
  return (
    <div>
      <StateMark tone={answer.error ? 'bad' : 'good'} word={`${did}: ${outcome}`} />
      <Text size="xs" c="dimmed" className={classes.anywhere}>
        after {count(answer.took_ms)} ms{answer.error && ` · ${answer.error}`}
      </Text>
    </div>
  );
}

function Body({ item, onClose }: { item: Export; onClose: () => void }) {
  const test = useTestExport(item.id);
  const { mutate } = test;
  useEffect(() => mutate(), [mutate]);
  return (
    <Stack gap="sm" aria-live="polite">
      {test.error && <FormError error={test.error} />}
      {test.isPending && <Text size="sm">A small object is put and deleted.</Text>}
      {test.data && (
        <>
          <Step did="Put" answer={test.data.put} />
          {test.data.delete && <Step did="Delete" answer={test.data.delete} />}
          <Text size="xs" c="dimmed" className={classes.anywhere}>
            {test.data.key}
          </Text>
        </>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          Try again
        </Button>
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}

type Props = { item: Export; opened: boolean; onClose: () => void };

/** Tries the bucket and shows what it said. */
export function BucketTestDialog({ item, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="A test of the bucket">
      <Body item={item} onClose={onClose} />
    </Modal>
  );
}
