// SPDX-License-Identifier: Apache-2.0
import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';

const keys = [
  ['/', 'Search links'],
  ['c', 'Create a link'],
  ['f', 'Filter the numbers (overview and links’ pages)'],
  ['y', "Copy the short link (on a link's page)"],
  ['↑ ↓', 'Go from link to link in the list'],
  ['Space', 'Choose the link, with Shift all up to it'],
  ['?', 'Show this list'],
  ['Esc', 'Close a dialog'],
] as const;

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="sm">
      <Stack gap="sm">
        {keys.map(([key, does]) => (
          <Group key={key} justify="space-between" wrap="nowrap">
            <Text size="sm">{does}</Text>
            <Kbd>{key}</Kbd>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
