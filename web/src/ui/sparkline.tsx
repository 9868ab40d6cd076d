// SPDX-License-Identifier: Apache-2.0
import { sparkPath } from './spark_path';
import classes from './sparkline.module.css';

type Props = { values: readonly number[]; tone?: 'clicks' | 'unique' | 'bots' };

/** The shape of a series beside its number: decoration, the number is the information. */
export function Sparkline({ values, tone = 'clicks' }: Props) {
  const line = sparkPath(values, 100, 22);
  if (!line) return null;
  return (
    <svg
      viewBox="0 -1 100 24"
      preserveAspectRatio="none"
      className={classes.spark}
      data-tone={tone}
      aria-hidden="true"
      focusable="false"
    >
      <path d={`${line}L100 22L0 22Z`} className={classes.area} />
      <path d={line} className={classes.line} />
    </svg>
  );
}
