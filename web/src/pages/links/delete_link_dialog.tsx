// SPDX-License-Identifier: Apache-2.0
import { notifications } from '@mantine/notifications';
import { useLocation } from 'wouter';
import { useDeleteLink } from '../../api/links';
import type { Link } from '../../api/types';
import { ConfirmDialog } from '../../ui/confirm_dialog';
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
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this link?"
      verb="Delete"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    >
      <b style={{ overflowWrap: 'anywhere' }}>{name}</b> stops working at once for everyone who has
      it. To close it for a while, disable it instead.
    </ConfirmDialog>
  );
}
