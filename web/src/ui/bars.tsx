// SPDX-License-Identifier: Apache-2.0
import classes from './bars.module.css';

/** One bar for each value, beside the number that says what they are; few clicks stay low bars. */
export function Bars({ values, height }: { values: readonly number[]; height: number }) {
  const most = Math.max(4, ...values);
  const width = 100 / values.length;
  return (
    <svg className={classes.bars} style={{ height }} aria-hidden="true" preserveAspectRatio="none">
      {values.map((value, at) => (
        <rect
          key={at}
          x={`${at * width}%`}
          width={`${0.8 * width}%`}
          y={`${(1 - value / most) * 100}%`}
          height={`${(value / most) * 100}%`}
        />
      ))}
    </svg>
  );
}
