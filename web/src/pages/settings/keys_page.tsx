// SPDX-License-Identifier: Apache-2.0
import { Button, Code, Group, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useKeys, useRevokeKey } from '../../api/keys';
import type { Key } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { ago, time } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useTimeZone } from '../../ui/time_zone';
import { ConfirmDialog } from '../../ui/confirm_dialog';
import chip from '../../ui/chip.module.css';
import rows from '../../ui/rows.module.css';
import { CreateKeyDialog } from './create_key_dialog';
import { ListRows } from './list_rows';
import { Page } from './page';
import { PageSnippetDialog } from './page_snippet_panel';
import { scopeLabel } from './scopes';
import { Section } from './section';
import classes from './settings.module.css';

type RowProps = { item: Key; revoke: () => void; showCode: () => void };

function KeyRow({ item, revoke, showCode }: RowProps) {
  const [tz] = useTimeZone();
  return (
    <li className={`${rows.row} ${rows.stacks}`}>
      <div className={rows.what}>
        <Text fw={600} className={classes.anywhere}>
          {item.name}
        </Text>
        <Group gap={6} mt={3}>
          {item.scopes.map((scope) => (
            <Tooltip key={scope} label={scope}>
              <span className={chip.chip}>{scopeLabel(scope)}</span>
            </Tooltip>
          ))}
        </Group>
        {item.public_key && (
          <Text size="xs" mt={4} className={classes.anywhere}>
            <code>{item.public_key}</code>
          </Text>
        )}
        <Text size="xs" c="dimmed" mt={4}>
          Created {time(item.created_at, 'day', tz)} ·{' '}
          {item.last_used_at ? `last used ${ago(item.last_used_at, new Date())}` : 'never used'}
        </Text>
      </div>
      <Group gap="xs">
        {item.public_key && (
          <Button
            variant="default"
            size="xs"
            onClick={showCode}
            aria-label={`Code for pages with ${item.name}`}
          >
            Code for pages
          </Button>
        )}
        <Button variant="default" size="xs" onClick={revoke} aria-label={`Revoke ${item.name}`}>
          Revoke
        </Button>
      </Group>
    </li>
  );
}

function RevokeDialog({ item, onClose }: { item: Key | null; onClose: () => void }) {
  const revoke = useRevokeKey();
  const close = () => {
    revoke.reset();
    onClose();
  };
  const confirm = () => {
    if (!item) return;
    revoke.mutate(item.id, {
      onSuccess: () => {
        notifications.show({ title: 'Key revoked', message: item.name, color: 'pine' });
        close();
      },
    });
  };
  return (
    <ConfirmDialog
      opened={item !== null}
      onClose={close}
      title="Revoke this key?"
      verb="Revoke"
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
    >
      Whatever uses <b className={classes.anywhere}>{item?.name}</b> is refused from then on. This
      cannot be undone.
    </ConfirmDialog>
  );
}

/** The API keys of the workspace. */
export default function KeysPage() {
  const keys = useKeys();
  const [creating, create] = useDisclosure(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const [showing, setShowing] = useState<Key | null>(null);
  const list = {
    rows: keys.data?.data ?? null,
    error: keys.data ? null : keys.error,
    retry: () => void keys.refetch(),
  };
  return (
    <Page
      title="API keys"
      aside={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={create.open}>
          New key
        </Button>
      }
    >
      <Section
        title="Keys"
        hint={
          <>
            For scripts and other tools: <Code>Authorization: Bearer tmk_…</Code>. A key may do what
            you choose and no more; its secret is shown once.
          </>
        }
      >
        <ListRows
          list={list}
          label="API keys"
          empty={
            <EmptyState icon="key" title="No API keys">
              Make one to create links from a script or to read statistics from another tool. Its
              secret is shown once.
            </EmptyState>
          }
        >
          {(item) => (
            <KeyRow
              key={item.id}
              item={item}
              revoke={() => setRevoking(item)}
              showCode={() => setShowing(item)}
            />
          )}
        </ListRows>
      </Section>
      <CreateKeyDialog opened={creating} onClose={create.close} />
      <RevokeDialog item={revoking} onClose={() => setRevoking(null)} />
      <PageSnippetDialog item={showing} onClose={() => setShowing(null)} />
    </Page>
  );
}
