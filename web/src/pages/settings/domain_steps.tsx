// SPDX-License-Identifier: Apache-2.0
import { Code, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from '../../ui/copy_button';
import { CodeBlock } from './code_block';
import { caddyText, nginxText } from './proxy_text';

/** What has to be done outside of Tallymark before links on `host` work. */
export function DomainSteps({ host }: { host: string }) {
  const [proxy, setProxy] = useState('caddy');
  const text = proxy === 'caddy' ? caddyText(host) : nginxText(host);
  return (
    <Stack gap="md">
      <Text size="sm">
        <b>1. DNS.</b> Where <Code>{host}</Code> is registered, add a <Code>CNAME</Code> record that
        names this server, or <Code>A</Code> and <Code>AAAA</Code> records with its addresses. It
        can take as long as the old record’s time to live until everybody sees it.
      </Text>
      <div>
        <Text size="sm" mb="xs">
          <b>2. Reverse proxy.</b> Send <Code>{host}</Code> to the links listener, with the{' '}
          <Code>Host</Code> as it came, and get a certificate for it. Below, the listener is where
          it is unless you moved it; Caddy gets the certificate by itself.
        </Text>
        <SegmentedControl
          size="xs"
          mb="xs"
          value={proxy}
          onChange={setProxy}
          data={[
            { value: 'caddy', label: 'Caddy' },
            { value: 'nginx', label: 'nginx' },
          ]}
          aria-label="Reverse proxy"
        />
        <CodeBlock text={text} label={`Configuration of ${proxy}`} />
      </div>
      <Text size="sm">
        <b>3. Try it.</b> Make a link on <Code>{host}</Code> and open it. Until a click arrives with
        that host, nobody can tell from here whether both steps are done.
      </Text>
      <Group justify="flex-end">
        <CopyButton text={text} what="Configuration" label="Copy configuration" secret />
      </Group>
    </Stack>
  );
}

type Props = { host: string | null; onClose: () => void };

export function DomainStepsDialog({ host, onClose }: Props) {
  return (
    <Modal opened={host !== null} onClose={onClose} title={`Connect ${host ?? ''}`} size="lg">
      {host && <DomainSteps host={host} />}
    </Modal>
  );
}
