// SPDX-License-Identifier: Apache-2.0
import { Anchor, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { Link as RouterLink } from 'wouter';
import { useCreateLink } from '../../api/links';
import type { Link } from '../../api/types';
import { CopyButton } from '../../ui/copy_button';
import { useDraft } from '../../ui/drafts';
import { bareUrl } from '../../ui/format';
import { FirstClickLine } from './first_click';
import { toCreate } from './link_body';
import type { LinkDraft } from './link_form';
import { emptyValues } from './link_values';

const LinkForm = lazy(() => import('./link_form').then((file) => ({ default: file.LinkForm })));

function Created({ link, another, close }: { link: Link; another: () => void; close: () => void }) {
  return (
    <Stack gap="md">
      <Stack gap={4} p="md" bg="var(--tm-hover)" style={{ borderRadius: 10 }} role="status">
        <Text size="sm" c="dimmed">
          Ready to share
        </Text>
        <Anchor
          href={link.short_url}
          target="_blank"
          rel="noreferrer"
          fw={600}
          fz="lg"
          style={{ overflowWrap: 'anywhere' }}
        >
          {bareUrl(link.short_url)}
        </Anchor>
        <Text size="sm" c="dimmed" truncate>
          leads to {bareUrl(link.destination)}
        </Text>
        {link.warnings.map((warning) => (
          <Text key={warning.code} size="sm">
            {warning.detail}
          </Text>
        ))}
      </Stack>
      <FirstClickLine link={link} />
      <Group justify="space-between" gap="sm">
        <Button variant="subtle" px="xs" onClick={another}>
          Create another
        </Button>
        <Group gap="sm">
          <Button
            component={RouterLink}
            href={`/links/${link.id}`}
            variant="default"
            onClick={close}
          >
            See its clicks
          </Button>
          <CopyButton text={link.short_url} what="Short link" label="Copy link" primary />
        </Group>
      </Group>
    </Stack>
  );
}

function Body({ onClose }: { onClose: () => void }) {
  const create = useCreateLink();
  const draft = useDraft<LinkDraft>('new link');
  if (create.data) return <Created link={create.data} another={create.reset} close={onClose} />;
  return (
    <LinkForm
      initial={emptyValues}
      draft={draft}
      submitLabel="Create link"
      pending={create.isPending}
      error={create.error}
      onSubmit={({ values }, refuse) =>
        create.mutate(toCreate(values), {
          onError: refuse,
          onSuccess: () => draft.keep(undefined),
        })
      }
      onCancel={onClose}
    />
  );
}

export function CreateLinkDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const phone = useMediaQuery('(max-width: 560px)');
  return (
    <Modal opened={opened} onClose={onClose} title="New link" size={680} fullScreen={phone}>
      <Suspense fallback={<Loader size="sm" role="status" aria-label="Loading" />}>
        <Body onClose={onClose} />
      </Suspense>
    </Modal>
  );
}
