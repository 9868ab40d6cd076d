// SPDX-License-Identifier: Apache-2.0
import { Group, Select, Text, TextInput } from '@mantine/core';
import { useDomainHosts } from '../../api/domain_hosts';
import type { LinkFormReturn } from './link_form';

/** The short address: its domain, where there are several, and its one or two parts. */
export function AddressFields({ form }: { form: LinkFormReturn }) {
  const hosts = useDomainHosts();
  const { domain } = form.values;
  const known = domain && !hosts.includes(domain) ? [domain, ...hosts] : hosts;
  return (
    <div>
      <Text size="sm" fw={500} id="slug-label">
        Short address
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {form.values.token.trim() === ':token' ? (
          <>
            A pattern: any second part leads on, and <code>{'{token}'}</code> in an address stands
            for it.
          </>
        ) : (
          'Leave it empty for a random one.'
        )}
      </Text>
      <Group gap={8} align="flex-start" role="group" aria-labelledby="slug-label">
        {known.length > 0 && (
          <Select
            aria-label="Domain"
            data={[{ value: '', label: 'Default domain' }, ...known]}
            allowDeselect={false}
            flex="1 1 150px"
            {...form.getInputProps('domain')}
          />
        )}
        <TextInput
          aria-label="First part"
          placeholder="promo"
          leftSection={<Text c="dimmed">/</Text>}
          autoComplete="off"
          flex="1 1 140px"
          {...form.getInputProps('prefix')}
        />
        <TextInput
          aria-label="Second part (optional)"
          placeholder="summer-sale"
          leftSection={<Text c="dimmed">/</Text>}
          autoComplete="off"
          flex="1 1 140px"
          {...form.getInputProps('token')}
        />
      </Group>
    </div>
  );
}
