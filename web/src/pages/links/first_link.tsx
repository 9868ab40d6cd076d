// SPDX-License-Identifier: Apache-2.0
// What an empty workspace shows: one field. The card that waits for the click appears by itself, as
// soon as the list has its first link.
import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link as RouterLink } from 'wouter';
import { useCreateLink } from '../../api/links';
import { asApiError } from '../../api/problem';
import { withScheme } from './link_checks';

export function FirstLink() {
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const create = useCreateLink();
  const problem = create.error ? asApiError(create.error) : null;
  return (
    <Stack align="center" gap="md" py={44} px="md">
      <Stack gap={4} align="center" ta="center">
        <Text fw={650} fz="lg">
          No links yet. Make your first one
        </Text>
        <Text size="sm" c="dimmed" maw={460}>
          Paste any address. You get a short link to share, and every click on it is counted from
          the first one.
        </Text>
      </Stack>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const empty = typed.trim() === '';
          setMissing(empty);
          field.current?.focus();
          if (!empty) create.mutate({ destination: withScheme(typed) });
        }}
      >
        <Group gap="xs" align="flex-start" justify="center">
          <TextInput
            ref={field}
            aria-label="Where should it lead?"
            placeholder="https://example.com/summer-sale"
            type="url"
            size="md"
            w="min(400px, calc(100vw - 72px))"
            autoComplete="off"
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={
              missing ? 'Paste an address first' : problem && (problem.detail || problem.title)
            }
          />
          <Button type="submit" size="md" loading={create.isPending}>
            Shorten
          </Button>
        </Group>
      </form>
      <Text size="sm" c="dimmed">
        Coming from somewhere else?{' '}
        <Anchor component={RouterLink} href="/links/import" size="sm" underline="always">
          Import links and clicks
        </Anchor>
      </Text>
    </Stack>
  );
}
