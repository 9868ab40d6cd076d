// SPDX-License-Identifier: Apache-2.0
import { Group, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon } from '../../ui/icons';
import classes from './settings.module.css';

type Props = {
  title: string;
  /** The list that this page is one of, and its address. */
  back?: { to: string; label: string };
  /** Beside the title. */
  aside?: ReactNode;
  children: ReactNode;
};

/** What every settings page begins with. */
export function Page({ title, back, aside, children }: Props) {
  useDocumentTitle(`${title} · Settings · Tallymark`);
  return (
    <Stack gap="xl" className={classes.page}>
      <div>
        {back && (
          <Link href={back.to} className={classes.back}>
            <Icon name="left" size={14} />
            {back.label}
          </Link>
        )}
        <Group justify="space-between" gap="sm">
          <Title order={1} className={classes.anywhere}>
            {title}
          </Title>
          {aside}
        </Group>
      </div>
      {children}
    </Stack>
  );
}
