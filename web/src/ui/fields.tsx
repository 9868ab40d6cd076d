// SPDX-License-Identifier: Apache-2.0
// Fields side by side where there is room, else one below the other. Mantine's grid would write a
// <style> element for each, which the content security policy does not let in.
import type { ReactNode } from 'react';
import classes from './fields.module.css';

type Props = {
  /** Two beside each other on a phone, too. */
  pair?: boolean;
  /** Four beside each other on a desk. */
  four?: boolean;
  children: ReactNode;
};

export function Fields({ pair, four, children }: Props) {
  return (
    <div className={classes.fields} data-pair={pair || undefined} data-four={four || undefined}>
      {children}
    </div>
  );
}
