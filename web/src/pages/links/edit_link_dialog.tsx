// SPDX-License-Identifier: Apache-2.0
import { Loader, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';
import { usePatchLink } from '../../api/links';
import type { Link } from '../../api/types';
import { useDraft } from '../../ui/drafts';
import { toPatch } from './link_body';
import type { LinkDraft } from './link_form';
import { valuesOf } from './link_values';

const LinkForm = lazy(() => import('./link_form').then((file) => ({ default: file.LinkForm })));

type Props = { link: Link; opened: boolean; onClose: () => void };

function Body({ link, onClose }: Omit<Props, 'opened'>) {
  const patch = usePatchLink(link.id);
  const draft = useDraft<LinkDraft>(link.id);
  // As it was at the opening: what others change meanwhile is not changed back.
  const [initial] = useState(() => valuesOf(link));
  return (
    <LinkForm
      initial={initial}
      draft={draft}
      submitLabel="Save"
      pending={patch.isPending}
      error={patch.error}
      onSubmit={({ before, values }, refuse) => {
        const done = () => {
          draft.keep(undefined);
          onClose();
        };
        const changes = toPatch(before, values);
        if (!changes) return done();
        patch.mutate(changes, {
          onError: refuse,
          onSuccess: (now) => {
            const [warning] = now.warnings;
            notifications.show({
              title: 'Saved',
              message: warning?.detail ?? 'Clicks follow it from now on.',
              color: 'pine',
            });
            done();
          },
        });
      }}
      onCancel={onClose}
    />
  );
}

export function EditLinkDialog({ link, opened, onClose }: Props) {
  const phone = useMediaQuery('(max-width: 560px)');
  return (
    <Modal opened={opened} onClose={onClose} title="Edit link" size={680} fullScreen={phone}>
      <Suspense fallback={<Loader size="sm" role="status" aria-label="Loading" />}>
        <Body link={link} onClose={onClose} />
      </Suspense>
    </Modal>
  );
}
