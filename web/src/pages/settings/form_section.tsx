// SPDX-License-Identifier: Apache-2.0
import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons';

type Props = {
  title: string;
  opened: boolean;
  onToggle: () => void;
  /** What the fields are for, above them. */
  hint: ReactNode;
  children: ReactNode;
};

/** A part of a form that most people leave closed; its values stay when it is closed again. */
export function FormSection({ title, opened, onToggle, hint, children }: Props) {
  return (
    <div>
      <UnstyledButton
        onClick={onToggle}
        aria-expanded={opened}
        fz="sm"
        c="var(--mantine-color-anchor)"
      >
        <Text span inherit style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
          <Icon name={opened ? 'close' : 'plus'} size={14} />
          {title}
        </Text>
      </UnstyledButton>
      {opened && (
        <>
          <Text size="xs" c="dimmed" mt={4} mb="xs">
            {hint}
          </Text>
          {children}
        </>
      )}
    </div>
  );
}
