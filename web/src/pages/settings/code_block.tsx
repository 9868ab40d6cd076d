// SPDX-License-Identifier: Apache-2.0
import classes from './settings.module.css';

/** Text as it is, that can be scrolled to with the keyboard when it is long. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <pre className={classes.code} tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  );
}
