// SPDX-License-Identifier: Apache-2.0
import { Group, Stack, Text, Title } from '@mantine/core';
import { useId } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './settings.module.css';

type Props = {
  title: string;
  /** What it is for, in a sentence or two. */
  hint?: ReactNode;
  /** A button that belongs to all of it. */
  action?: ReactNode;
  /** Set for content that has no edges of its own. */
  padded?: boolean;
  children: ReactNode;
};

/** A part of a settings page: heading, what it is for, a card. */
export function Section({ title, hint, action, padded = false, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Group justify="space-between" align="flex-end" mb="sm" gap="sm">
        <div>
          <Title order={2} fz="lg" id={id}>
            {title}
          </Title>
          {hint && (
            <Text size="sm" c="dimmed" component="div" className={classes.prose}>
              {hint}
            </Text>
          )}
        </div>
        {action}
      </Group>
      <Stack className="tm-card" gap="md" p={padded ? 'clamp(1rem, 4vw, 1.25rem)' : 0}>
        {children}
      </Stack>
    </section>
  );
}
