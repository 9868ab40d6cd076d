// SPDX-License-Identifier: Apache-2.0
import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCreateExport, useDeleteExport, usePatchExport } from '../../api/exports';
import type { Export } from '../../api/types';
import { count } from '../../ui/format';
import { ConfirmDialog } from './confirm_dialog';
import { ExportForm } from './export_form';
import { emptyExport, toCreate, toPatch, valuesOf } from './export_values';
import classes from './settings.module.css';

function CreateBody({ onClose }: { onClose: () => void }) {
  const create = useCreateExport();
  const [, navigate] = useLocation();
  return (
    <ExportForm
      initial={emptyExport}
      isNew
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={(values, onError) =>
        create.mutate(toCreate(values), {
          onError,
          onSuccess: ({ id }) => navigate(`/settings/exports/${id}`),
        })
      }
    />
  );
}

export function CreateExportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="New scheduled export" size="lg">
      <CreateBody onClose={onClose} />
    </Modal>
  );
}

type DialogProps = { item: Export; opened: boolean; onClose: () => void };

function EditBody({ item, onClose }: Omit<DialogProps, 'opened'>) {
  const patch = usePatchExport(item.id);
  // As it was when the form was opened: the page goes on asking for it.
  const [before] = useState(() => valuesOf(item));
  return (
    <ExportForm
      initial={before}
      isNew={false}
      pending={patch.isPending}
      error={patch.error}
      onCancel={onClose}
      onSubmit={(values, onError) => {
        const changes = toPatch(before, values);
        if (!changes) return onClose();
        patch.mutate(changes, {
          onError,
          onSuccess: () => {
            notifications.show({
              title: 'Saved',
              message: 'It holds for files that are not written yet.',
              color: 'pine',
            });
            onClose();
          },
        });
      }}
    />
  );
}

export function EditExportDialog({ item, opened, onClose }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Edit scheduled export" size="lg">
      <EditBody item={item} onClose={onClose} />
    </Modal>
  );
}

export function DeleteExportDialog({ item, opened, onClose }: DialogProps) {
  const remove = useDeleteExport(item.id);
  const [, navigate] = useLocation();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ title: 'Export deleted', message: item.name, color: 'pine' });
        navigate('/settings/exports', { replace: true });
      },
    });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this export?"
      verb="Delete"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    >
      <b className={classes.anywhere}>{item.name}</b> is written no more, and its{' '}
      {count(item.files)} {item.files === 1 ? 'file goes' : 'files go'} with it; what is in a bucket
      stays there. This cannot be undone; to stop it for a while, switch it off.
    </ConfirmDialog>
  );
}
