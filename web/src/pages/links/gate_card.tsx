// SPDX-License-Identifier: Apache-2.0
import { Center, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../../ui/icons';

type Props = { title: string; intro: ReactNode; children: ReactNode };

/** The quiet card in the middle of the page: log-in and set-up. */
export function GateCard({ title, intro, children }: Props) {
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={400} gap="lg">
        <Group gap={10}>
          <Logo size={30} />
          <Text fw={680} fz="lg" style={{ letterSpacing: '-0.02em' }}>
            Tallymark
          </Text>
        </Group>
        <Stack className="tm-card" p="xl" gap="md">
          <div>
            <Title order={1} fz="h3" mb={4}>
              {title}
            </Title>
            <Text size="sm" c="dimmed" component="div">
              {intro}
            </Text>
          </div>
          {children}
        </Stack>
      </Stack>
    </Center>
  );
}
