// SPDX-License-Identifier: Apache-2.0
import { Button, Code, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useDeleteDomain, useDomains } from '../../api/domains';
import type { Domain } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { bareUrl } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { ConfirmDialog } from '../../ui/confirm_dialog';
import rows from '../../ui/rows.module.css';
import { AddDomainDialog, EditDomainDialog } from './domain_dialog';
import { DomainStepsDialog } from './domain_steps';
import { ListRows } from './list_rows';
import { Page } from './page';
import { Section } from './section';
import classes from './settings.module.css';

function leads(to: string | null): string {
  return to ? bareUrl(to) : '404, not found';
}

type RowProps = { item: Domain; edit: () => void; connect: () => void; remove: () => void };

function DomainRow({ item, edit, connect, remove }: RowProps) {
  return (
    <li className={`${rows.row} ${rows.stacks}`}>
      <div className={rows.what}>
        <Text fw={600} className={classes.anywhere}>
          {item.host}
        </Text>
        <Text size="sm" c="dimmed" className={classes.anywhere}>
          Front page → {leads(item.root_redirect)}
        </Text>
        <Text size="sm" c="dimmed" className={classes.anywhere}>
          Unknown paths → {leads(item.not_found_redirect)}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button variant="default" size="xs" onClick={connect} aria-label={`Connect ${item.host}`}>
          Connect
        </Button>
        <Button variant="default" size="xs" onClick={edit} aria-label={`Edit ${item.host}`}>
          Edit
        </Button>
        <Button variant="default" size="xs" onClick={remove} aria-label={`Remove ${item.host}`}>
          Remove
        </Button>
      </Group>
    </li>
  );
}

function RemoveDialog({ item, onClose }: { item: Domain | null; onClose: () => void }) {
  const remove = useDeleteDomain();
  const close = () => {
    remove.reset();
    onClose();
  };
  const confirm = () => {
    if (!item) return;
    remove.mutate(item.id, {
      onSuccess: () => {
        notifications.show({ title: 'Domain removed', message: item.host, color: 'pine' });
        close();
      },
    });
  };
  return (
    <ConfirmDialog
      opened={item !== null}
      onClose={close}
      title="Remove this domain?"
      verb="Remove"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    >
      <b className={classes.anywhere}>{item?.host}</b> answers 404 from then on. A domain that still
      has links is not removed: move or delete them first.
    </ConfirmDialog>
  );
}

/** Hosts that short links live on, besides the default one. */
export default function DomainsPage() {
  const domains = useDomains();
  const [adding, add] = useDisclosure(false);
  const [editing, setEditing] = useState<Domain | null>(null);
  const [connecting, setConnecting] = useState<string | null>(null);
  const [removing, setRemoving] = useState<Domain | null>(null);
  const list = {
    rows: domains.data?.data ?? null,
    error: domains.data ? null : domains.error,
    retry: () => void domains.refetch(),
  };
  return (
    <Page
      title="Domains"
      aside={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={add.open}>
          Add domain
        </Button>
      }
    >
      <Section
        title="Your domains"
        hint={
          <>
            The default domain is the server’s setting <Code>links.base_url</Code> and is always
            there. Domains added here have links of their own: <Code>/promo</Code> can lead
            elsewhere on each of them.
          </>
        }
      >
        <ListRows
          list={list}
          label="Domains"
          empty={
            <EmptyState icon="globe" title="Only the default domain">
              Add one to give a brand, a country or a campaign short links under its own name.
            </EmptyState>
          }
        >
          {(item) => (
            <DomainRow
              key={item.id}
              item={item}
              edit={() => setEditing(item)}
              connect={() => setConnecting(item.host)}
              remove={() => setRemoving(item)}
            />
          )}
        </ListRows>
      </Section>
      <AddDomainDialog opened={adding} onClose={add.close} />
      <EditDomainDialog item={editing} onClose={() => setEditing(null)} />
      <DomainStepsDialog host={connecting} onClose={() => setConnecting(null)} />
      <RemoveDialog item={removing} onClose={() => setRemoving(null)} />
    </Page>
  );
}
