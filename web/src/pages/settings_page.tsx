// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure, useDocumentTitle } from '@mantine/hooks';
import { useState } from 'react';
import { useKeys } from '../api/keys';
import type { Key } from '../api/types';
import { EmptyState } from '../ui/empty_state';
import { ErrorPanel } from '../ui/error_panel';
import { ago, time } from '../ui/format';
import { Icon } from '../ui/icons';
import { useTimeZone } from '../ui/time_zone';
import { CreateKeyDialog } from './create_key_dialog';
import classes from './links_page.module.css';
import { RevokeKeyDialog } from './revoke_key_dialog';

function KeyRow({ item, revoke }: { item: Key; revoke: () => void }) {
  const [tz] = useTimeZone();
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <Text fw={600} truncate>
          {item.name}
        </Text>
        <Group gap={6} mt={3}>
          {item.scopes.map((scope) => (
            <span key={scope} className={classes.tag}>
              {scope}
            </span>
          ))}
        </Group>
        {item.public_key && (
          <Text size="xs" mt={4}>
            <code>{item.public_key}</code>
          </Text>
        )}
        <Text size="xs" c="dimmed" mt={4}>
          Created {time(item.created_at, 'day', tz)} ·{' '}
          {item.last_used_at ? `last used ${ago(item.last_used_at, new Date())}` : 'never used'}
        </Text>
      </div>
      <Button variant="default" size="xs" onClick={revoke} aria-label={`Revoke ${item.name}`}>
        Revoke
      </Button>
    </li>
  );
}

/** The API keys of the workspace. */
export default function SettingsPage() {
  useDocumentTitle('Settings · Tallymark');
  const keys = useKeys();
  const [creating, create] = useDisclosure(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  return (
    <Stack gap="lg" maw={760}>
      <Title order={1}>Settings</Title>
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={2} fz="lg">
            API keys
          </Title>
          <Text size="sm" c="dimmed">
            For scripts and other tools: <code>Authorization: Bearer tmk_…</code>
          </Text>
        </div>
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={create.open}
        >
          New key
        </Button>
      </Group>
      <section className="tm-card" aria-label="API keys">
        {keys.data ? (
          keys.data.data.length === 0 ? (
            <EmptyState icon="keyboard" title="No API keys">
              Make one to create links from a script or to read statistics from another tool. Its
              secret is shown once.
            </EmptyState>
          ) : (
            <ul className={classes.list} aria-label="API keys">
              {keys.data.data.map((item) => (
                <KeyRow key={item.id} item={item} revoke={() => setRevoking(item)} />
              ))}
            </ul>
          )
        ) : keys.error ? (
          <ErrorPanel error={keys.error} retry={() => void keys.refetch()} />
        ) : (
          <Skeleton height={90} m="md" w="auto" />
        )}
      </section>
      <CreateKeyDialog opened={creating} onClose={create.close} />
      <RevokeKeyDialog item={revoking} onClose={() => setRevoking(null)} />
    </Stack>
  );
}
