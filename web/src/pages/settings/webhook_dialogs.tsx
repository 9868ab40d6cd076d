// SPDX-License-Identifier: Apache-2.0
import { NumberInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useCreateWebhook, useRotateWebhook } from '../../api/webhooks';
import type { Webhook } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { isMisplaced, refuse } from '../../ui/refusal';
import { FormButtons } from './form_buttons';
import { CreateForm } from './item_forms';
import { SecretPanel } from './secret_panel';
import { WebhookForm } from './webhook_form';
import { emptyWebhook, toCreate } from './webhook_values';

type NewProps = { onClose: () => void; onMade: (made: { id: string }) => void };

/** Makes a webhook and shows its secret, this once; a tool has none. */
export function NewWebhook({ onClose, onMade }: NewProps) {
  const create = useCreateWebhook();
  const made = create.data;
  if (made?.secret) return <SecretPanel made={made} close={() => onMade(made)} />;
  return (
    <CreateForm
      form={WebhookForm}
      values={emptyWebhook}
      create={create}
      toBody={toCreate}
      onMade={(one) => !one.secret && onMade(one)}
      onClose={onClose}
    />
  );
}

const rotateFields = ['overlap_hours'] as const;

/** Gives a webhook a new secret and shows it, this once. */
export function RotateForm({ hook, onClose }: { hook: Webhook; onClose: () => void }) {
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
