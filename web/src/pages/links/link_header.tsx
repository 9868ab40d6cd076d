// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Anchor, Badge, Button, Group, Menu, Text, Title } from '@mantine/core';
import { useDisclosure, useInterval } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';
import { usePatchLink } from '../../api/links';
import { asApiError } from '../../api/problem';
import type { Link } from '../../api/types';
import chip from '../../ui/chip.module.css';
import { CopyButton } from '../../ui/copy_button';
import { bareUrl, time } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useTimeZone } from '../../ui/time_zone';
import { DeleteLinkDialog } from './delete_link_dialog';
import { EditLinkDialog } from './edit_link_dialog';
import { closedState, scheduleText } from './link_state';
import classes from './link_header.module.css';

const HistoryDialog = lazy(() => import('./history_dialog'));
const QrDialog = lazy(() => import('./qr_dialog'));

function Actions({ link }: { link: Link }) {
  const patch = usePatchLink(link.id);
  const [editing, edit] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  const [drawing, draw] = useDisclosure(false);
  const [recalling, recall] = useDisclosure(false);
  const toggle = () =>
    patch.mutate(
      { enabled: !link.enabled },
      {
        onSuccess: (now) =>
          notifications.show({
            title: now.enabled ? 'Link enabled' : 'Link disabled',
            message: now.enabled ? 'It redirects again.' : 'Whoever opens it is not sent on.',
            color: 'pine',
          }),
        onError: (thrown) => {
          const problem = asApiError(thrown);
          notifications.show({ title: problem.title, message: problem.detail, color: 'red' });
        },
      },
    );
  return (
    <Group gap={8} wrap="nowrap">
      <CopyButton text={link.short_url} what="Short link" label="Copy" />
      <Button variant="default" leftSection={<Icon name="edit" size={16} />} onClick={edit.open}>
        Edit
      </Button>
      <Menu position="bottom-end" width={180} shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More actions">
            <Text span fw={700} lh={1} mt={-6} aria-hidden="true">
              …
            </Text>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="qr" size={16} />} onClick={draw.open}>
            QR code
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="clock" size={16} />} onClick={recall.open}>
            History
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name={link.enabled ? 'pause' : 'play'} size={16} />}
            onClick={toggle}
          >
            {link.enabled ? 'Disable' : 'Enable'}
          </Menu.Item>
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<Icon name="trash" size={16} />}
            onClick={remove.open}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <EditLinkDialog link={link} opened={editing} onClose={edit.close} />
      <DeleteLinkDialog link={link} opened={deleting} onClose={remove.close} />
      <Suspense>{drawing && <QrDialog link={link} onClose={draw.close} />}</Suspense>
      <Suspense>{recalling && <HistoryDialog link={link} onClose={recall.close} />}</Suspense>
    </Group>
  );
}

/** Which link this is, where it leads, and what can be done with it. */
export function LinkHeader({ link }: { link: Link }) {
  const [tz] = useTimeZone();
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), 5_000, { autoInvoke: true });
  const closed = closedState(link, now);
  const schedule = scheduleText(link, now, (iso) => time(iso, 'full', tz));
  return (
    <Group justify="space-between" align="flex-start" gap="md">
      <div style={{ minWidth: 0, flex: '1 1 320px' }}>
        <Group gap={10}>
          <Title order={1} lineClamp={3} className={classes.anywhere}>
            {bareUrl(link.short_url)}
          </Title>
          {closed && (
            <Badge variant="default" tt="none">
              {closed}
            </Badge>
          )}
        </Group>
        {link.title && (
          <Text mt={2} lineClamp={2} className={classes.anywhere}>
            {link.title}
          </Text>
        )}
        <Text size="sm" c="dimmed" mt={2} lineClamp={2} className={classes.anywhere}>
          leads to{' '}
          <Anchor href={link.destination} target="_blank" rel="noreferrer" size="sm">
            {bareUrl(link.destination)}
          </Anchor>
        </Text>
        <Group gap={6} mt={8}>
          {link.tags.map((tag) => (
            <span key={tag} className={chip.chip}>
              {tag}
            </span>
          ))}
          <Text size="xs" c="dimmed" className={classes.anywhere}>
            {link.campaign && `Campaign ${link.campaign} · `}
            {link.channel && `Channel ${link.channel} · `}
            {schedule && `${schedule} · `}
            Created {time(link.created_at, 'day', tz)}
          </Text>
        </Group>
      </div>
      <Actions link={link} />
    </Group>
  );
}
