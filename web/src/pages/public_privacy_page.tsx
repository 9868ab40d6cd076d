// SPDX-License-Identifier: Apache-2.0
// What is collected, for the people who follow short links. It asks nobody to log in and learns
// from the server only what everybody may know.
import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMeta } from '../api/session';
import { Logo } from '../ui/icons';
import { toldPolicy } from './settings/collected';
import { CollectedList } from './settings/collected_list';

export default function PublicPrivacyPage() {
  useDocumentTitle('What our short links collect');
  const meta = useMeta();
  return (
    <Box component="main" maw={720} mx="auto" px="md" py="xl">
      <Stack gap="xl">
        <div>
          <Group gap={12} wrap="nowrap">
            <Logo size={30} />
            <Title order={1}>What our short links collect</Title>
          </Group>
          <Text c="dimmed" mt="sm">
            You followed a short link, or are about to. Its owner counts clicks with Tallymark on a
            server of their own. This is all that it notes.
          </Text>
        </div>
        <CollectedList policy={toldPolicy(meta.data)} level={2} />
        {meta.data?.geo_attribution && (
          <Text size="xs" c="dimmed">
            {meta.data.geo_attribution}
          </Text>
        )}
      </Stack>
    </Box>
  );
}
