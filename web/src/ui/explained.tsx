// SPDX-License-Identifier: Apache-2.0
import { Popover, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import classes from './explained.module.css';

/** The name of a figure with a small mark that opens what the figure means. */
export function Explained({ label, text }: { label: string; text: string }) {
  const [opened, open] = useDisclosure(false);
  return (
    <span className={classes.label}>
      {label}
      <Popover
        opened={opened}
        onChange={(wish) => (wish ? open.open() : open.close())}
        width={300}
        position="bottom-start"
        shadow="md"
        returnFocus
      >
        <Popover.Target>
          <UnstyledButton
            className={classes.mark}
            aria-label={`What is “${label}”?`}
            onClick={open.toggle}
          >
            <span aria-hidden="true">?</span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label={label} className={classes.text}>
          <Text size="sm">{text}</Text>
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}
