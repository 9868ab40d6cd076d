// SPDX-License-Identifier: Apache-2.0
import { Explained } from '../../ui/explained';
import classes from './live.module.css';

type Props = { label: string; help: string; value: string };

/** A number that moves, under a name that does not. */
export function LiveFigure({ label, help, value }: Props) {
  return (
    <div className={classes.figure}>
      <dt className={classes.figureName}>
        <Explained label={label} text={help} />
      </dt>
      <dd className={`tm-num ${classes.figureValue}`}>{value}</dd>
    </div>
  );
}
