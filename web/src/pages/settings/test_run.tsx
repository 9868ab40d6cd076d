// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { FormError } from '../../ui/form_error';

type Props<R> = {
  test: { mutate: () => void; isPending: boolean; error: unknown; data: R | undefined };
  /** Said until the answer is there. */
  waiting: string;
  /** Of the button that does it once more. */
  again: string;
  onClose: () => void;
  children: (answer: R) => ReactNode;
};

/** Tries something when it is opened, and shows what came of it. */
export function TestRun<R>({ test, waiting, again, onClose, children }: Props<R>) {
  const { mutate } = test;
  useEffect(() => mutate(), [mutate]);
  return (
    <Stack gap="sm" aria-live="polite">
      {test.error != null && <FormError error={test.error} />}
      {test.isPending && <Text size="sm">{waiting}</Text>}
      {test.data !== undefined && children(test.data)}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" loading={test.isPending} onClick={() => mutate()}>
          {again}
        </Button>
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
