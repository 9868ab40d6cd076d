// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useCreateKey } from '../api/keys';
import { asApiError, placeError } from '../api/problem';
import type { NewKey, Scope } from '../api/types';
import { CopyButton } from '../ui/copy_button';
import { FormError } from '../ui/form_error';

const scopes: { value: Scope; label: string; description: string }[] = [
  { value: 'links:read', label: 'Read links', description: 'links:read' },
  { value: 'links:write', label: 'Create and change links', description: 'links:write' },
  { value: 'stats:read', label: 'Read statistics and clicks', description: 'stats:read' },
  { value: 'convert:write', label: 'Report conversions', description: 'convert:write' },
  { value: 'admin', label: 'Everything, keys included', description: 'admin' },
  {
    value: 'convert:public',
    label: 'Report conversions from web pages',
    description: 'convert:public: everybody may read this key, and it may do nothing else',
  },
];

// A public key has that one scope: choosing it takes the others away, and they take it away.
function withPublicAlone(before: Scope[], chosen: Scope[]): Scope[] {
  if (!chosen.includes('convert:public')) return chosen;
  if (!before.includes('convert:public')) return ['convert:public'];
  return chosen.length > 1 ? chosen.filter((scope) => scope !== 'convert:public') : chosen;
}

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
            This is the secret of <b>{made.name}</b>. It is shown now and never again.
          </>
        )}
      </Text>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {made.key}
      </Code>
      <Group justify="flex-end" gap="sm">
        <CopyButton text={made.key} what="API key" label="Copy key" secret primary />
        <Button variant="default" onClick={close}>
          I have kept it
        </Button>
      </Group>
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
  const misplaced = create.error && !placeError(asApiError(create.error), fields);
  const submit = form.onSubmit(({ name, scopes: chosen }) =>
    create.mutate(
      { name: name.trim(), scopes: chosen },
      {
        onError: (thrown) => {
          const place = placeError(asApiError(thrown), fields);
          if (place) form.setFieldError(place.field, place.message);
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {misplaced && <FormError error={create.error} />}
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
          <Stack gap={8} mt={6}>
            {scopes.map((scope) => (
              <Checkbox key={scope.value} {...scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function CreateKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="New API key" closeOnClickOutside={false}>
      <Body onClose={onClose} />
    </Modal>
  );
}
