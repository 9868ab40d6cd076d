// SPDX-License-Identifier: Apache-2.0
import { Stack, Text } from '@mantine/core';
import { CodeBlock } from './code_block';
import { pretty } from './pretty';

type Props = { request: string; response: string; error: string | null };

/** What was sent to a receiver and what it answered, as far as the log keeps it. */
export function Exchange({ request, response, error }: Props) {
  return (
    <Stack gap={6} mt="sm">
      {error && (
        <Text size="sm" c="var(--tm-bad)">
          {error}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        Sent, up to 1 KiB
      </Text>
      <CodeBlock text={pretty(request)} label="What was sent" />
      <Text size="xs" c="dimmed">
        Answered
      </Text>
      <CodeBlock
        text={response === '' ? '(nothing)' : pretty(response)}
        label="What was answered"
      />
    </Stack>
  );
}
