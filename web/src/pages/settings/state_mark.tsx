// SPDX-License-Identifier: Apache-2.0
import classes from './settings.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'off' | 'quiet';

/** How something stands: a dot, and the word that says the same. */
export function StateMark({ tone, word }: { tone: Tone; word: string }) {
  return (
    <span className={classes.state}>
      <span className={classes.dot} data-tone={tone} aria-hidden="true" />
      {word}
    </span>
  );
}
