// SPDX-License-Identifier: Apache-2.0
import { Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Icon } from '../../ui/icons';
import classes from './link_form.module.css';

type Props = {
  title: string;
  /** What is in it, for while it is closed; '' when nothing is set. */
  words: string;
  opened: boolean;
  onToggle: () => void;
  /** What the fields are for, above them. */
  hint: ReactNode;
  children: ReactNode;
};

/** A part of the form that most people leave closed; its values stay when it is closed again. */
export function LinkSection({ title, words, opened, onToggle, hint, children }: Props) {
  const id = useId();
  return (
    <div className={classes.section}>
      <UnstyledButton
        onClick={onToggle}
        aria-expanded={opened}
        aria-controls={opened ? id : undefined}
        className={classes.sectionHead}
      >
        <Icon name={opened ? 'down' : 'right'} size={15} />
        <span className={classes.sectionTitle}>{title}</span>
        {!opened && <span className={classes.sectionWords}>{words}</span>}
      </UnstyledButton>
      {opened && (
        <div className={classes.sectionBody} id={id}>
          <Text size="xs" c="dimmed" mb="xs">
            {hint}
          </Text>
          {children}
        </div>
      )}
    </div>
  );
}
