// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useCreateDomain, usePatchDomain } from '../../api/domains';
import type { Domain } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { isMisplaced, refuse } from '../../ui/refusal';
import { DomainSteps } from './domain_steps';
import { FormButtons } from './form_buttons';

type Values = { host: string; root_redirect: string; not_found_redirect: string };

const fields = ['host', 'root_redirect', 'not_found_redirect'] as const;

type FormProps = {
  item: Domain | null;
  pending: boolean;
  error: unknown;
  onSubmit: (values: Values, refuse: (thrown: unknown) => void) => void;
  onCancel: () => void;
};

function DomainForm({ item, pending, error, onSubmit, onCancel }: FormProps) {
  const form = useForm<Values>({
    initialValues: {
      host: item?.host ?? '',
      root_redirect: item?.root_redirect ?? '',
      not_found_redirect: item?.not_found_redirect ?? '',
    },
    validate: { host: (value) => (value.trim() ? null : 'Which host?') },
  });
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        onSubmit(values, (thrown) => refuse(form, fields, thrown)),
      )}
      noValidate
    >
      <Stack gap="md">
        {isMisplaced(error, fields) && <FormError error={error} />}
        {!item && (
          <TextInput
            label="Host"
            description="Yours, and for short links alone: a subdomain does. Once there is one, hosts that are neither yours nor the default answer 404."
            placeholder="go.example.com"
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('host')}
          />
        )}
        <TextInput
          label="Its front page leads to"
          description="For people who type the host without a link. Empty: a page that says there is nothing."
          placeholder="https://www.example.com"
          type="url"
          autoComplete="off"
          {...form.getInputProps('root_redirect')}
        />
        <TextInput
          label="Unknown paths lead to"
          description="For mistyped and removed links. Empty: a page that says there is nothing."
          placeholder="https://www.example.com/not-found"
          type="url"
          autoComplete="off"
          {...form.getInputProps('not_found_redirect')}
        />
        <FormButtons submit={item ? 'Save' : 'Add domain'} pending={pending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

function AddBody({ onClose }: { onClose: () => void }) {
  const create = useCreateDomain();
  if (create.data) {
    const { host } = create.data;
    return (
      <Stack gap="md">
        <Text size="sm" role="status">
          <b>{host}</b> is added. Two things have to be done outside of Tallymark.
        </Text>
        <DomainSteps host={host} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <DomainForm
      item={null}
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={(values, onError) =>
        create.mutate(
          {
            host: values.host.trim(),
            root_redirect: values.root_redirect.trim() || null,
            not_found_redirect: values.not_found_redirect.trim() || null,
          },
          { onError },
        )
      }
    />
  );
}

function EditBody({ item, onClose }: { item: Domain; onClose: () => void }) {
  const patch = usePatchDomain(item.id);
  return (
    <DomainForm
      item={item}
      pending={patch.isPending}
      error={patch.error}
      onCancel={onClose}
      onSubmit={(values, onError) =>
        patch.mutate(
          {
            root_redirect: values.root_redirect.trim() || null,
            not_found_redirect: values.not_found_redirect.trim() || null,
          },
          {
            onError,
            onSuccess: () => {
              notifications.show({ title: 'Saved', message: item.host, color: 'pine' });
              onClose();
            },
          },
        )
      }
    />
  );
}

export function AddDomainDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add a domain" size="lg">
      <AddBody onClose={onClose} />
    </Modal>
  );
}

export function EditDomainDialog({ item, onClose }: { item: Domain | null; onClose: () => void }) {
  return (
    <Modal opened={item !== null} onClose={onClose} title={item?.host ?? 'Domain'} size="lg">
      {item && <EditBody key={item.id} item={item} onClose={onClose} />}
    </Modal>
  );
}
