// SPDX-License-Identifier: Apache-2.0
// The page of one alert, export or webhook: what can be done with it, then how it stands.
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { ErrorPanel } from '../../ui/error_panel';
import { FormError } from '../../ui/form_error';
import { ConfirmDialog } from '../../ui/confirm_dialog';
import { DialogButton } from './dialog_button';
import type { Change } from './item_forms';
import { RowsPlaceholder } from './list_rows';
import { Page } from './page';
import classes from './settings.module.css';
import { StateMark, type Tone } from './state_mark';

type Back = { to: string; label: string };

type PageProps<T> = {
  /** What it is, while its name is not known: "Alert". */
  title: string;
  back: Back;
  answer: UseQueryResult<T>;
  state: (item: T) => { tone: Tone; word: string };
  children: (item: T) => ReactNode;
};

export function ItemPage<T extends { name: string }>(props: PageProps<T>) {
  const { title, back, answer, state, children } = props;
  const item = answer.data;
  if (!item)
    return (
      <Page title={title} back={back}>
        <div className="tm-card">
          {answer.error ? (
            <ErrorPanel error={answer.error} retry={() => void answer.refetch()} />
          ) : (
            <RowsPlaceholder />
          )}
        </div>
      </Page>
    );
  const { tone, word } = state(item);
  return (
    <Page title={item.name} back={back} aside={<StateMark tone={tone} word={word} />}>
      {children(item)}
    </Page>
  );
}

type ActionProps = {
  item: { name: string; enabled: boolean };
  /** What it is, in small letters: "alert". */
  what: string;
  back: Back;
  patch: Change<{ enabled: boolean }>;
  remove: Change<void>;
  edit: { title: string; form: (onClose: () => void) => ReactNode };
  /** What is no more once it is deleted, behind its name. */
  gone: ReactNode;
  /** More buttons. */
  children?: ReactNode;
};

export function ItemActions(props: ActionProps) {
  const { item, what, back, patch, remove, edit, gone, children } = props;
  const [deleting, ask] = useDisclosure(false);
  const [, navigate] = useLocation();
  const onDeleted = () => {
    const title = `${what.charAt(0).toUpperCase()}${what.slice(1)} deleted`;
    notifications.show({ title, message: item.name, color: 'pine' });
    navigate(back.to, { replace: true });
  };
  return (
    <>
      {patch.error != null && <FormError error={patch.error} />}
      <Group gap="xs">
        <DialogButton size="xs" label="Edit" title={edit.title}>
          {edit.form}
        </DialogButton>
        {children}
        <Button
          size="xs"
          variant="default"
          loading={patch.isPending}
          onClick={() => patch.mutate({ enabled: !item.enabled })}
        >
          {item.enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Button size="xs" variant="default" onClick={ask.open}>
          Delete
        </Button>
      </Group>
      <ConfirmDialog
        opened={deleting}
        onClose={ask.close}
        title={`Delete this ${what}?`}
        verb="Delete"
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: onDeleted })}
      >
        <b className={classes.anywhere}>{item.name}</b> {gone} This cannot be undone; to stop it for
        a while, switch it off.
      </ConfirmDialog>
    </>
  );
}
