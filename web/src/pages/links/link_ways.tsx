// SPDX-License-Identifier: Apache-2.0
import { Text } from '@mantine/core';
import { Fragment } from 'react';
import classes from './link_form.module.css';
import type { LinkValues } from './link_values';
import { waysOf } from './link_words';

/** Where each kind of visitor goes, as the form stands. */
export function LinkWays({ values }: { values: LinkValues }) {
  const ways = waysOf(values);
  if (values.destination.trim() === '' && ways.length === 1) return null;
  return (
    <section className={classes.ways} aria-label="Where people go">
      <Text size="xs" fw={550}>
        Where people go
      </Text>
      <dl>
        {ways.map(({ who, where, otherwise, part }, index) => (
          <Fragment key={index}>
            <dt>
              {who}
              {part && <> ({part})</>}
            </dt>
            <dd>
              {where || '…'}
              {otherwise && (
                <Text size="xs" c="dimmed">
                  without the app: {otherwise}
                </Text>
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
