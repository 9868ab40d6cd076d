// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useLocation } from 'wouter';
import { useDeleteLink } from '../../api/links';
import type { Link } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { bareUrl } from '../../ui/format';

type Props = { link: Link; opened: boolean; onClose: () => void };

export function DeleteLinkDialog({ link, opened, onClose }: Props) {
  const remove = useDeleteLink(link.id);
  const [, navigate] = useLocation();
  const name = bareUrl(link.short_url);
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ title: 'Link deleted', message: name, color: 'pine' });
        navigate('/links', { replace: true });
      },
    });
  return (
    <Modal opened={opened} onClose={onClose} title="Delete this link?">
      <Stack gap="md">
        {remove.error && <FormError error={remove.error} />}
        <Text size="sm">
          <b style={{ overflowWrap: 'anywhere' }}>{name}</b> stops working at once for everyone who
          has it. To close it for a while, disable it instead.
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red.8" loading={remove.isPending} onClick={confirm}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
