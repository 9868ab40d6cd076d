// SPDX-License-Identifier: Apache-2.0
import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons';

type Props = {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** When this is all the page has, its title is the page's heading. */
  wholePage?: boolean;
};

/** Nothing to show yet: says why, and what to do about it. */
export function EmptyState({ icon, title, children, action, wholePage = false }: Props) {
  return (
    <Stack align="center" gap="xs" py={40} px="md" ta="center">
      <ThemeIcon size={44} variant="light" style={{ borderRadius: '50%' }}>
        <Icon name={icon} size={22} />
      </ThemeIcon>
      {wholePage ? <Title order={1}>{title}</Title> : <Text fw={600}>{title}</Text>}
      {children && (
        <Text size="sm" c="dimmed" maw={440} component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
