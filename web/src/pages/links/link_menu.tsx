// SPDX-License-Identifier: Apache-2.0
import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { Link } from '../../api/types';
import { Icon } from '../../ui/icons';
import classes from './link_table.module.css';

export type LinkAction = 'edit' | 'qr' | 'history' | 'toggle' | 'delete';

type Props = { link: Link; name: string; onAction: (action: LinkAction, link: Link) => void };

/**
 * What can be done with one link of a list. Until it is asked for there is a button only: a list
 * has many rows and few open menus.
 */
export function LinkMenu({ link, name, onAction }: Props) {
  const [wanted, want] = useState(false);
  const button = (
    <button
      type="button"
      className={classes.icon}
      aria-label={`More for ${name}`}
      aria-haspopup="menu"
      onClick={wanted ? undefined : () => want(true)}
    >
      <Icon name="dots" size={18} />
    </button>
  );
  if (!wanted) return button;
  return (
    <Menu defaultOpened position="bottom-end" width={170} shadow="md" withinPortal>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Icon name="edit" size={16} />}
          onClick={() => onAction('edit', link)}
        >
          Edit
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="qr" size={16} />} onClick={() => onAction('qr', link)}>
          QR code
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="clock" size={16} />}
          onClick={() => onAction('history', link)}
        >
          History
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name={link.enabled ? 'pause' : 'play'} size={16} />}
          onClick={() => onAction('toggle', link)}
        >
          {link.enabled ? 'Disable' : 'Enable'}
        </Menu.Item>
        <Menu.Item
          c="var(--mantine-color-error)"
          leftSection={<Icon name="trash" size={16} />}
          onClick={() => onAction('delete', link)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
