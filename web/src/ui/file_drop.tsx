// SPDX-License-Identifier: Apache-2.0
import { Button, FileButton, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './file_drop.module.css';
import { Icon } from './icons';

type Props = {
  /** What kinds of file, as the browser's own dialog takes it. */
  accept: string;
  onFile: (file: File) => void;
  children: ReactNode;
};

/** A place to drop a file on, with a button for those who would rather choose it. */
export function FileDrop({ accept, onFile, children }: Props) {
  const [over, setOver] = useState(false);
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file);
      }}
    >
      <Stack align="center" gap="sm" ta="center">
        <Icon name="upload" size={26} />
        <Text size="sm" c="dimmed" maw={520} component="div">
          {children}
        </Text>
        <FileButton accept={accept} onChange={(file) => file && onFile(file)}>
          {(button) => <Button {...button}>Choose a file</Button>}
        </FileButton>
      </Stack>
    </div>
  );
}
