// SPDX-License-Identifier: Apache-2.0
import { Button, type ButtonProps, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';

type Props = Pick<ButtonProps, 'size' | 'variant' | 'leftSection'> & {
  label: string;
  /** Of the dialog. */
  title: string;
  /** Set where a slip would lose what is shown only once. */
  holds?: boolean;
  children: (close: () => void) => ReactNode;
};

/** A button and the dialog that it opens. */
export function DialogButton({ label, title, holds = false, children, ...button }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={title} size="lg" closeOnClickOutside={!holds}>
        {children(close)}
      </Modal>
    </>
  );
}
