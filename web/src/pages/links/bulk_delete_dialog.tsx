// SPDX-License-Identifier: Apache-2.0
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import type { Link } from '../../api/types';
import { bareUrl, count } from '../../ui/format';

type Props = {
  opened: boolean;
  links: readonly Link[];
  onClose: () => void;
  onDelete: () => void;
};

const named = 6;

/** Asks once more, and names what would go. */
export function BulkDeleteDialog({ opened, links, onClose, onDelete }: Props) {
  const amount = `${count(links.length)} ${links.length === 1 ? 'link' : 'links'}`;
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete ${amount}?`}>
      <Stack gap="md">
        <Text size="sm">
          They stop working at once for everyone who has them, and this cannot be undone. To close
          them for a while, disable them instead.
        </Text>
        <List size="sm" spacing={2}>
          {links.slice(0, named).map((link) => (
            <List.Item key={link.id} style={{ overflowWrap: 'anywhere' }}>
              {bareUrl(link.short_url)}
            </List.Item>
          ))}
          {links.length > named && <List.Item>and {count(links.length - named)} more</List.Item>}
        </List>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep them
          </Button>
          <Button color="red.8" onClick={onDelete}>
            Delete {amount}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
