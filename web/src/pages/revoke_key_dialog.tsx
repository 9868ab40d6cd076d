// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRevokeKey } from '../api/keys';
import type { Key } from '../api/types';
import { FormError } from '../ui/form_error';

/** Asks before `item` stops working; closed while it is null. */
export function RevokeKeyDialog({ item, onClose }: { item: Key | null; onClose: () => void }) {
  const revoke = useRevokeKey();
  const close = () => {
    revoke.reset();
    onClose();
  };
  const confirm = () => {
    if (!item) return;
    revoke.mutate(item.id, {
      onSuccess: () => {
        notifications.show({ title: 'Key revoked', message: item.name, color: 'pine' });
        close();
      },
    });
  };
  return (
    <Modal opened={item !== null} onClose={close} title="Revoke this key?">
      <Stack gap="md">
        {revoke.error && <FormError error={revoke.error} />}
        <Text size="sm">
          Whatever uses <b>{item?.name}</b> is refused from then on. This cannot be undone.
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button color="red.8" loading={revoke.isPending} onClick={confirm}>
            Revoke
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
