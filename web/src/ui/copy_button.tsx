// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { copyText } from './clipboard';
import { bareUrl } from './format';
import { Icon } from './icons';

/** Copies and tells the outcome in a toast, which screen readers announce. */
export async function copyWithToast(text: string, what: string): Promise<boolean> {
  const copied = await copyText(text);
  notifications.show(
    copied
      ? { title: `${what} copied`, message: bareUrl(text), color: 'pine', autoClose: 2500 }
      : { title: 'The browser refused to copy', message: text, color: 'red', autoClose: 8000 },
  );
  return copied;
}

type Props = {
  text: string;
  /** What is copied, as the toast says it: "Short link". */
  what: string;
  /** With a label a full button, else an icon. */
  label?: string;
  secret?: boolean;
  /** The thing to do next: filled, and focused when it appears. */
  primary?: boolean;
};

export function CopyButton({ text, what, label, secret = false, primary = false }: Props) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 1800);
    return () => clearTimeout(timer);
  }, [done]);

  const copy = async () => {
    if (!secret) {
      setDone(await copyWithToast(text, what));
      return;
    }
    const copied = await copyText(text);
    setDone(copied);
    notifications.show({
      title: copied ? `${what} copied` : 'The browser refused to copy',
      message: copied ? 'Keep it somewhere safe.' : 'Select it and copy it by hand.',
      color: copied ? 'pine' : 'red',
    });
  };

  const icon = <Icon name={done ? 'check' : 'copy'} size={16} />;
  if (label) {
    return (
      <Button
        variant={primary ? 'filled' : 'default'}
        leftSection={icon}
        onClick={copy}
        autoFocus={primary}
      >
        {done ? 'Copied' : label}
      </Button>
    );
  }
  const name = secret ? `Copy ${what}` : `Copy ${bareUrl(text)}`;
  return (
    <Tooltip label={done ? 'Copied' : 'Copy'}>
      <ActionIcon variant="subtle" color={done ? 'pine' : 'gray'} aria-label={name} onClick={copy}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
