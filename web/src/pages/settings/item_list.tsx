// SPDX-License-Identifier: Apache-2.0
// The page of all alerts, exports or webhooks: how each stands, and a button for another one.
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { List } from '../../api/lists';
import { Icon } from '../../ui/icons';
import rows from '../../ui/rows.module.css';
import { DialogButton } from './dialog_button';
import { ListRows } from './list_rows';
import { Page } from './page';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark, type Tone } from './state_mark';

type Row = { about: string; note: string; state: { tone: Tone; word: string } };

type Props<T> = {
  title: string;
  /** The address of the page; that of an item has its id behind it. */
  at: string;
  section: { title: string; hint: string };
  list: List<T>;
  empty: ReactNode;
  row: (item: T) => Row;
  add: {
    label: string;
    title: string;
    holds?: boolean;
    form: (onClose: () => void, onMade: (item: { id: string }) => void) => ReactNode;
  };
};

export function ItemList<T extends { id: string; name: string }>(props: Props<T>) {
  const { title, at, section, list, empty, row, add } = props;
  const [, navigate] = useLocation();
  const { form, ...button } = add;
  return (
    <Page
      title={title}
      aside={
        <DialogButton {...button} leftSection={<Icon name="plus" size={16} />}>
          {(close) => form(close, ({ id }) => navigate(`${at}/${id}`))}
        </DialogButton>
      }
    >
      <Section {...section}>
        <ListRows list={list} label={title} empty={empty}>
          {(item) => {
            const { about, note, state } = row(item);
            return (
              <li key={item.id} className={`${rows.row} ${rows.opens} ${rows.stacks}`}>
                <div className={rows.what}>
                  <Link href={`${at}/${item.id}`} className={rows.name}>
                    {item.name}
                  </Link>
                  <Text size="sm" c="dimmed" className={classes.anywhere}>
                    {about}
                  </Text>
                  <Text size="xs" c="dimmed" mt={2}>
                    {note}
                  </Text>
                </div>
                <StateMark tone={state.tone} word={state.word} />
              </li>
            );
          }}
        </ListRows>
      </Section>
    </Page>
  );
}
