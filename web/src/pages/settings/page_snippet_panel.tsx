// SPDX-License-Identifier: Apache-2.0
import { Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useLinkChoices } from '../../api/links';
import type { Key } from '../../api/types';
import { CopyButton } from '../../ui/copy_button';
import { CodeBlock } from './code_block';
import { pageSnippet } from './page_snippet';

/** What short links begin with, as one of them says it. */
function useLinksOrigin(): string {
  const one = useLinkChoices({ limit: 1 });
  const url = one.data?.data[0]?.short_url;
  return url ? new URL(url).origin : 'https://go.example';
}

/** How a page tells of conversions with this public key. */
export function PageSnippet({ publicKey }: { publicKey: string }) {
  const server = useLinksOrigin();
  const text = pageSnippet(server, publicKey);
  return (
    <Stack gap="sm">
      <Text size="sm">
        Turn on <b>append click id</b> for the link, put this into the pages that it leads to, and
        call <Code>tallymark(&apos;signup&apos;)</Code> when somebody signs up, buys or calls. It
        sets no cookie.
      </Text>
      <CodeBlock text={text} label="Code for your pages" />
      <Text size="xs" c="dimmed">
        A page with a Content-Security-Policy needs <Code fz="xs">connect-src {server}</Code>.
      </Text>
      <Group justify="flex-end">
        <CopyButton text={text} what="Code" label="Copy code" secret />
      </Group>
    </Stack>
  );
}

type Props = { item: Key | null; onClose: () => void };

export function PageSnippetDialog({ item, onClose }: Props) {
  return (
    <Modal opened={item !== null} onClose={onClose} title="Code for your pages" size="lg">
      {item?.public_key && <PageSnippet publicKey={item.public_key} />}
    </Modal>
  );
}
