// SPDX-License-Identifier: Apache-2.0
import { Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCreateWebhook, usePatchWebhook, useRotateWebhook } from '../../api/webhooks';
import type { Webhook } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { isMisplaced, refuse } from '../../ui/refusal';
import { FormButtons } from './form_buttons';
import { SecretPanel } from './secret_panel';
import { WebhookForm } from './webhook_form';
import { emptyWebhook, toCreate, toPatch, valuesOf } from './webhook_values';

function CreateBody({ onClose }: { onClose: () => void }) {
  const create = useCreateWebhook();
  const [, navigate] = useLocation();
  const made = create.data;
  if (made?.secret)
    return <SecretPanel made={made} close={() => navigate(`/settings/webhooks/${made.id}`)} />;
  return (
    <WebhookForm
      initial={emptyWebhook}
      isNew
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={(values, onError) =>
        create.mutate(toCreate(values), {
          onError,
          onSuccess: ({ id, secret }) => {
            if (!secret) navigate(`/settings/webhooks/${id}`); // a tool has none
          },
        })
      }
    />
  );
}

export function CreateWebhookDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="New webhook"
      size="lg"
      closeOnClickOutside={false}
    >
      <CreateBody onClose={onClose} />
    </Modal>
  );
}

type DialogProps = { hook: Webhook; opened: boolean; onClose: () => void };

function EditBody({ hook, onClose }: Omit<DialogProps, 'opened'>) {
  const patch = usePatchWebhook(hook.id);
  // As it was when the form was opened: the page goes on asking for it.
  const [before] = useState(() => valuesOf(hook));
  return (
    <WebhookForm
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

export function EditWebhookDialog({ hook, opened, onClose }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Edit webhook" size="lg">
      <EditBody hook={hook} onClose={onClose} />
    </Modal>
  );
}

const rotateFields = ['overlap_hours'] as const;

function RotateBody({ hook, onClose }: Omit<DialogProps, 'opened'>) {
  const rotate = useRotateWebhook(hook.id);
  const form = useForm<{ overlap_hours: number | string }>({
    initialValues: { overlap_hours: 24 },
    validate: { overlap_hours: (value) => (value === '' ? 'How many hours?' : null) },
  });
  if (rotate.data) return <SecretPanel made={rotate.data} close={onClose} />;
  const submit = form.onSubmit(({ overlap_hours }) =>
    rotate.mutate(Number(overlap_hours), {
      onError: (thrown) => refuse(form, rotateFields, thrown),
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {isMisplaced(rotate.error, rotateFields) && <FormError error={rotate.error} />}
        <Text size="sm">
          For a while requests carry both signatures, so that the receiver can be changed in
          between. A secret that an earlier rotation left behind ends now.
        </Text>
        <NumberInput
          label="The old secret goes on for"
          description="Hours, up to 168. With 0 it ends at once, which is right for a secret that leaked."
          suffix=" h"
          min={0}
          max={168}
          allowDecimal={false}
          data-autofocus
          {...form.getInputProps('overlap_hours')}
        />
        <FormButtons submit="Make a new secret" pending={rotate.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

export function RotateDialog({ hook, opened, onClose }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="A new secret"
      size="lg"
      closeOnClickOutside={false}
    >
      <RotateBody hook={hook} onClose={onClose} />
    </Modal>
  );
}
