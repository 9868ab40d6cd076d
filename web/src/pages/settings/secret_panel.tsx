// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Stack, Text } from '@mantine/core';
import type { NewWebhook } from '../../api/types';
import { CopyButton } from '../../ui/copy_button';
import { CodeBlock } from './code_block';

type Props = { made: NewWebhook; close: () => void };

/** The secret of a webhook, the one time that it is shown. */
export function SecretPanel({ made, close }: Props) {
  const pair = made.signature === 'ed25519';
  return (
    <Stack gap="md">
      <Text size="sm">
        {pair ? (
          <>
            Requests to <b>{made.name}</b> are signed with this secret key. It is shown now and
            never again. A receiver needs only the public key below, which stays on the page.
          </>
        ) : (
          <>
            Your receiver checks with this secret that a request to <b>{made.name}</b> is from here.
            It is shown now and never again.
          </>
        )}
      </Text>
      <CodeBlock text={made.secret ?? ''} label="The secret" />
      {made.public_key && <CodeBlock text={made.public_key} label="The public key" />}
      <Group justify="flex-end" gap="sm">
        <CopyButton text={made.secret ?? ''} what="Secret" label="Copy secret" secret primary />
        <Button variant="default" onClick={close}>
          I have kept it
        </Button>
      </Group>
    </Stack>
  );
}
