// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useCreateKey } from '../../api/keys';
import type { NewKey, Scope } from '../../api/types';
import { CopyButton } from '../../ui/copy_button';
import { FormError } from '../../ui/form_error';
import { isMisplaced, refuse } from '../../ui/refusal';
import { CodeBlock } from './code_block';
import { FormButtons } from './form_buttons';
import { PageSnippet } from './page_snippet_panel';
import { scopes, withPublicAlone } from './scopes';

const fields = ['name', 'scopes'] as const;

function Secret({ made, close }: { made: NewKey; close: () => void }) {
  return (
    <Stack gap="md">
      <Text size="sm">
        {made.public_key ? (
          <>
            This is the public key of <b>{made.name}</b>, to be written into pages. It stays in the
            list of keys.
          </>
        ) : (
          <>
            This is the secret of <b>{made.name}</b>. It is shown now and never again. Send it as{' '}
            <Code>Authorization: Bearer …</Code>
          </>
        )}
      </Text>
      <CodeBlock text={made.key} label="The key" />
      <Group justify="flex-end" gap="sm">
        <CopyButton text={made.key} what="API key" label="Copy key" secret primary />
        <Button variant="default" onClick={close}>
          I have kept it
        </Button>
      </Group>
      {made.public_key && <PageSnippet publicKey={made.public_key} />}
    </Stack>
  );
}

function Body({ onClose }: { onClose: () => void }) {
  const create = useCreateKey();
  const form = useForm<{ name: string; scopes: Scope[] }>({
    initialValues: { name: '', scopes: ['links:read', 'stats:read'] },
    validate: {
      name: (value) => (value.trim() ? null : 'Name what will use it'),
      scopes: (value) => (value.length > 0 ? null : 'Choose at least one'),
    },
  });
  if (create.data) return <Secret made={create.data} close={onClose} />;
  const submit = form.onSubmit(({ name, scopes: chosen }) =>
    create.mutate(
      { name: name.trim(), scopes: chosen },
      { onError: (thrown) => refuse(form, fields, thrown) },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {isMisplaced(create.error, fields) && <FormError error={create.error} />}
        <TextInput
          label="Name"
          placeholder="Newsletter script"
          data-autofocus
          autoComplete="off"
          maxLength={100}
          {...form.getInputProps('name')}
        />
        <Checkbox.Group
          label="May"
          {...form.getInputProps('scopes')}
          onChange={(chosen) =>
            form.setFieldValue('scopes', withPublicAlone(form.values.scopes, chosen as Scope[]))
          }
        >
          <Stack gap={10} mt={6}>
            {scopes.map((scope) => (
              <Checkbox key={scope.value} {...scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        <FormButtons submit="Create key" pending={create.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

export function CreateKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="New API key"
      size="lg"
      closeOnClickOutside={false}
    >
      <Body onClose={onClose} />
    </Modal>
  );
}
