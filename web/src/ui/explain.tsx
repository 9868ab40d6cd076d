// SPDX-License-Identifier: Apache-2.0
import { Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import classes from './explain.module.css';
import { type Explained, explanations } from './explanations';
import { Icon } from './icons';

type Props = {
  what: Explained;
  /** A second one to go below it. */
  also?: Explained;
};

/** "What is this number": a small question mark that opens its explanation. */
export function Explain({ what, also }: Props) {
  const [opened, open] = useDisclosure(false);
  const { title } = explanations[what];
  const text = [...explanations[what].text, ...(also ? explanations[also].text : [])];
  return (
    <Popover
      opened={opened}
      onChange={(wish) => (wish ? open.open() : open.close())}
      width={310}
      position="bottom-start"
      shadow="md"
      withinPortal={false}
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.mark}
          aria-label={`What is “${title}”?`}
          onClick={open.toggle}
          onKeyDown={(event) => event.key === 'Escape' && open.close()}
        >
          <Icon name="help" size={15} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={title} className={classes.text}>
        <Stack gap={6}>
          {text.map((paragraph) => (
            <Text key={paragraph} size="sm">
              {paragraph}
            </Text>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
