// SPDX-License-Identifier: Apache-2.0
import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { usePatchLink } from '../api/links';
import type { Link } from '../api/types';
import { LinkForm } from './link_form';
import { toPatch, valuesOf } from './link_values';

type Props = { link: Link; opened: boolean; onClose: () => void };

function Body({ link, onClose }: Omit<Props, 'opened'>) {
  const patch = usePatchLink(link.id);
  const before = valuesOf(link);
  return (
    <LinkForm
      initial={before}
      submitLabel="Save"
      pending={patch.isPending}
      error={patch.error}
      onSubmit={(values, refuse) => {
        const changes = toPatch(before, values);
        if (!changes) return onClose();
        patch.mutate(changes, {
          onError: refuse,
          onSuccess: () => {
            notifications.show({
              title: 'Saved',
              message: 'Clicks follow it from now on.',
              color: 'pine',
            });
            onClose();
          },
        });
      }}
      onCancel={onClose}
    />
  );
}

export function EditLinkDialog({ link, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Edit link" size="lg">
      <Body link={link} onClose={onClose} />
    </Modal>
  );
}
