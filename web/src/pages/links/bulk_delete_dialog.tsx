// SPDX-License-Identifier: Apache-2.0
import { List } from '@mantine/core';
import type { Link } from '../../api/types';
import { ConfirmDialog } from '../../ui/confirm_dialog';
import { bareUrl, count } from '../../ui/format';
import { linkCount } from './bulk_words';

type Props = {
  opened: boolean;
  links: readonly Link[];
  onClose: () => void;
  onDelete: () => void;
};

const named = 6;

/** Asks once more, and names what would go. */
export function BulkDeleteDialog({ opened, links, onClose, onDelete }: Props) {
  const amount = linkCount(links.length);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Delete ${amount}?`}
      verb={`Delete ${amount}`}
      keep="Keep them"
      pending={false}
      error={null}
      onConfirm={onDelete}
    >
      They stop working at once for everyone who has them, and this cannot be undone. To close them
      for a while, disable them instead.
      <List size="sm" spacing={2} mt="md">
        {links.slice(0, named).map((link) => (
          <List.Item key={link.id} style={{ overflowWrap: 'anywhere' }}>
            {bareUrl(link.short_url)}
          </List.Item>
        ))}
        {links.length > named && <List.Item>and {count(links.length - named)} more</List.Item>}
      </List>
    </ConfirmDialog>
  );
}
