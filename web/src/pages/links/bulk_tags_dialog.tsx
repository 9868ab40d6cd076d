// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Modal, MultiSelect, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { Link } from '../../api/types';
import { count } from '../../ui/format';
import { wordsOf } from './link_tags';

type Props = {
  opened: boolean;
  links: readonly Link[];
  /** Tags to choose from when adding. */
  known: string[];
  onClose: () => void;
  onTag: (add: string[], take: string[]) => void;
};

function Body({ links, known, onClose, onTag }: Omit<Props, 'opened'>) {
  const [add, setAdd] = useState<string[]>([]);
  const [take, setTake] = useState<string[]>([]);
  const present = wordsOf(links.map((link) => link.tags));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onTag(add, take);
      }}
    >
      <Stack gap="md">
        <TagsInput
          label="Add"
          description="Type a tag and press Enter"
          data={known}
          value={add}
          onChange={setAdd}
          acceptValueOnBlur
          maxTags={50}
          data-autofocus
        />
        {present.length > 0 && (
          <MultiSelect
            label="Take away"
            description="Tags that some of these links have"
            data={present}
            value={take}
            onChange={setTake}
            searchable
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={add.length + take.length === 0}>
            Change {count(links.length)} {links.length === 1 ? 'link' : 'links'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function BulkTagsDialog({ opened, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={rest.onClose} title="Tags of the chosen links">
      <Body {...rest} />
    </Modal>
  );
}
