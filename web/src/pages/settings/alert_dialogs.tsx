// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useCreateAlert, useDeleteAlert, usePatchAlert, useTestAlert } from '../../api/alerts';
import type { Alert } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { AlertForm } from './alert_form';
import { emptyAlert, toCreate, toPatch, valuesOf } from './alert_values';
import { ConfirmDialog } from './confirm_dialog';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

function CreateBody({ onClose }: { onClose: () => void }) {
  const create = useCreateAlert();
  const [, navigate] = useLocation();
  return (
    <AlertForm
      initial={emptyAlert}
      isNew
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={(values, onError) =>
        create.mutate(toCreate(values), {
          onError,
          onSuccess: ({ id }) => navigate(`/settings/alerts/${id}`),
        })
      }
    />
  );
}

export function CreateAlertDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="New alert" size="lg">
      <CreateBody onClose={onClose} />
    </Modal>
  );
}

type DialogProps = { alert: Alert; opened: boolean; onClose: () => void };

function EditBody({ alert, onClose }: Omit<DialogProps, 'opened'>) {
  const patch = usePatchAlert(alert.id);
  // As it was when the form was opened: the page goes on asking for it.
  const [before] = useState(() => valuesOf(alert));
  return (
    <AlertForm
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
            notifications.show({ title: 'Saved', message: values.name, color: 'pine' });
            onClose();
          },
        });
      }}
    />
  );
}

export function EditAlertDialog({ alert, opened, onClose }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Edit alert" size="lg">
      <EditBody alert={alert} onClose={onClose} />
    </Modal>
  );
}

export function DeleteAlertDialog({ alert, opened, onClose }: DialogProps) {
  const remove = useDeleteAlert(alert.id);
  const [, navigate] = useLocation();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ title: 'Alert deleted', message: alert.name, color: 'pine' });
        navigate('/settings/alerts', { replace: true });
      },
    });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Delete this alert?"
      verb="Delete"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    >
      <b className={classes.anywhere}>{alert.name}</b> watches no more, and its history goes with
      it. This cannot be undone; to stop it for a while, switch it off.
    </ConfirmDialog>
  );
}

function TestBody({ alert, onClose }: Omit<DialogProps, 'opened'>) {
  const test = useTestAlert(alert.id);
  const { mutate } = test;
  useEffect(() => mutate(), [mutate]);
  return (
    <Stack gap="sm" aria-live="polite">
      {test.error && <FormError error={test.error} />}
      {test.isPending && <Text size="sm">The mail server is asked for each recipient.</Text>}
      {test.data?.answers.map(({ to, accepted, code, answer }) => (
        <div key={to}>
          <StateMark
            tone={accepted ? 'good' : 'bad'}
            word={accepted ? 'Taken by the mail server' : 'Refused'}
          />
          <Text size="sm" className={classes.anywhere}>
            {to}
          </Text>
          <Text size="xs" c="dimmed" className={classes.anywhere}>
            {code ?? 'No answer'} {answer}
          </Text>
        </div>
      ))}
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}

export function TestAlertDialog({ alert, opened, onClose }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="A test mail">
      <TestBody alert={alert} onClose={onClose} />
    </Modal>
  );
}
