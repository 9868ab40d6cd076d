// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { FormError } from './form_error';

type Props = {
  opened: boolean;
  onClose: () => void;
  /** The question. */
  title: string;
  /** What happens then, and whether it can be undone. */
  children: ReactNode;
  /** What the button does: "Revoke". */
  verb: string;
  keep?: string;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
};

/** Asks before something goes; the safe answer has the focus. */
export function ConfirmDialog(props: Props) {
  const { opened, onClose, title, children, verb, keep = 'Keep it' } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack gap="md">
        {props.error != null && <FormError error={props.error} />}
        <Text size="sm" component="div">
          {children}
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {keep}
          </Button>
          <Button color="red.8" loading={props.pending} onClick={props.onConfirm}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
