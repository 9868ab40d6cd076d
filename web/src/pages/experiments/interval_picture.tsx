// SPDX-License-Identifier: Apache-2.0
// The confidence sequences of all variants on one scale: what each may add to the control's rate, in
// percentage points. The bar is the range that holds at all looks together, the only one from which
// a verdict may be read off; right of zero the variant is better. Lengths are shares of the drawing's
// width, so that it fits any column without being drawn anew.
import { Text } from '@mantine/core';
import type { ExperimentResult } from '../../api/types';
import { points, pointsRange } from '../../ui/rates';
import { gain, type Names } from './experiment_words';
import classes from './experiments.module.css';

type Variant = ExperimentResult['variants'][number];
type Range = { low: number; high: number };

/** Half the width of the scale: everything that is drawn fits, with some air. */
export function scaleOf(ranges: readonly Range[]): number {
  const widest = Math.max(0, ...ranges.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return widest === 0 ? 0.01 : widest * 1.1;
}

/** Where a difference stands on the scale, as a share of its width. */
export function placeOn(scale: number, difference: number): string {
  return `${(50 + (difference / scale) * 50).toFixed(2)}%`;
}

function side({ low, high }: Range): 'better' | 'worse' | 'open' {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'open';
}

function Row({ variant, name, scale }: { variant: Variant; name: string; scale: number }) {
  const range = gain(variant.sequence);
  const found = variant.description && -variant.description.difference;
  return (
    <li className={classes.interval}>
      <span className={classes.intervalName}>{name}</span>
      {range ? (
        <svg className={classes.intervalPicture} data-side={side(range)} aria-hidden="true">
          <line x1="50%" x2="50%" y1="0" y2="100%" className={classes.zero} />
          <rect
            x={placeOn(scale, range.low)}
            width={`${(((range.high - range.low) / scale) * 50).toFixed(2)}%`}
            y="9"
            height="14"
            rx="7"
          />
          {found !== null && <circle cx={placeOn(scale, found)} cy="16" r="4.5" />}
        </svg>
      ) : (
        <Text size="sm" c="dimmed" className={classes.intervalPicture}>
          No range yet: all of an arm ended the same.
        </Text>
      )}
      <span className={`tm-num ${classes.intervalText}`}>{pointsRange(range)}</span>
    </li>
  );
}

export function IntervalPicture({
  result,
  names,
}: {
  result: Pick<ExperimentResult, 'variants'>;
  names: Names;
}) {
  const scale = scaleOf(result.variants.flatMap(({ sequence }) => gain(sequence) ?? []));
  return (
    <div>
      <ul className={classes.intervals} aria-label="Difference from the control">
        {result.variants.map((variant) => (
          <Row key={variant.arm} variant={variant} name={names[variant.arm] ?? ''} scale={scale} />
        ))}
      </ul>
      <div className={classes.axis} aria-hidden="true">
        <span />
        <span className={classes.axisScale}>
          <span>{points(-scale)}</span>
          <span>worse · equal · better</span>
          <span>{points(scale)}</span>
        </span>
        <span />
      </div>
    </div>
  );
}
