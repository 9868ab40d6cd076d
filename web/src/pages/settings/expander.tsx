// SPDX-License-Identifier: Apache-2.0
import { ActionIcon } from '@mantine/core';
import { useDisclosure, useId } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons';
import rows from '../../ui/rows.module.css';

type Props = {
  /** What is opened, for those who cannot see the row. */
  name: string;
  head: ReactNode;
  aside?: ReactNode;
  /** Drawn only while it is open. */
  children: () => ReactNode;
};

/** A row of a list that opens below itself. */
export function Expander({ name, head, aside, children }: Props) {
  const [opened, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <li className={rows.row}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        onClick={toggle}
        aria-expanded={opened}
        aria-controls={opened ? id : undefined}
        aria-label={`${opened ? 'Close' : 'Open'} ${name}`}
      >
        <Icon name={opened ? 'down' : 'right'} size={15} />
      </ActionIcon>
      <div className={rows.what}>
        {head}
        {opened && <div id={id}>{children()}</div>}
      </div>
      {aside}
    </li>
  );
}
