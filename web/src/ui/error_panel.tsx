// SPDX-License-Identifier: Apache-2.0
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { asApiError } from '../api/problem';
import { Icon } from './icons';

/** The id under which the server logged a failure: what support asks for first. */
export function RequestId({ id }: { id: string | null }) {
  if (!id) return null;
  return (
    <Text size="xs" c="dimmed">
      Request id <Code fz="xs">{id}</Code>
    </Text>
  );
}

type Props = { error: unknown; retry?: () => void; compact?: boolean };

/** A failed answer, in words, with its request id and a way to ask again. */
export function ErrorPanel({ error, retry, compact = false }: Props) {
  const problem = asApiError(error);
  return (
    <Stack
      role="alert"
      align="center"
      justify="center"
      gap="xs"
      p={compact ? 'md' : 'xl'}
      mih={compact ? 120 : 220}
      ta="center"
    >
      <Text c="var(--tm-bad)" lh={0}>
        <Icon name="alert" size={compact ? 22 : 28} />
      </Text>
      <Text fw={600}>{problem.title}</Text>
      {problem.detail && (
        <Text size="sm" c="dimmed" maw={480}>
          {problem.detail}
        </Text>
      )}
      <RequestId id={problem.requestId} />
      {retry && (
        <Group mt={4}>
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        </Group>
      )}
    </Stack>
  );
}
