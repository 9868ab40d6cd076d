// SPDX-License-Identifier: Apache-2.0
// What the menu of a row does. The dialogs stand beside the list, not in its rows: a row that is
// scrolled out of view is not drawn, and must not take an open form along.
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useCallback, useState } from 'react';
import { usePatchAnyLink } from '../../api/links';
import { asApiError } from '../../api/problem';
import type { Link } from '../../api/types';
import { bareUrl } from '../../ui/format';
import { DeleteLinkDialog } from './delete_link_dialog';
import { EditLinkDialog } from './edit_link_dialog';
import type { LinkAction } from './link_menu';

const HistoryDialog = lazy(() => import('./history_dialog'));
const QrDialog = lazy(() => import('./qr_dialog'));

export function useRowActions() {
  const { mutate } = usePatchAnyLink();
  const [open, setOpen] = useState<{ action: LinkAction; link: Link } | null>(null);
  const act = useCallback(
    (action: LinkAction, link: Link) => {
      if (action !== 'toggle') return setOpen({ action, link });
      mutate(
        { id: link.id, patch: { enabled: !link.enabled } },
        {
          onSuccess: (now) =>
            notifications.show({
              title: now.enabled ? 'Link enabled' : 'Link disabled',
              message: bareUrl(now.short_url),
              color: 'pine',
            }),
          onError: (thrown) => {
            const problem = asApiError(thrown);
            notifications.show({ title: problem.title, message: problem.detail, color: 'red' });
          },
        },
      );
    },
    [mutate],
  );
  const close = () => setOpen(null);
  const dialogs = open && (
    <>
      <EditLinkDialog link={open.link} opened={open.action === 'edit'} onClose={close} />
      <DeleteLinkDialog link={open.link} opened={open.action === 'delete'} onClose={close} />
      <Suspense>{open.action === 'qr' && <QrDialog link={open.link} onClose={close} />}</Suspense>
      <Suspense>
        {open.action === 'history' && <HistoryDialog link={open.link} onClose={close} />}
      </Suspense>
    </>
  );
  return { act, dialogs };
}
