// SPDX-License-Identifier: Apache-2.0
// 7 × 24 hours as a table of shades. One cell can be reached by Tab, the others from there by the
// arrow keys; what it stands for is written out below, for the pointer and for the keyboard alike.
import { VisuallyHidden } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Heatmap } from '../api/types';
import { count, rate } from '../ui/format';
import classes from './heat_map.module.css';
import { robustTop, shadeOf, shades } from './steps';
import * as week from './week';

type Cell = Heatmap['cells'][number];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [1, 2, 3, 4, 5, 6, 7];

function cellText(cell: Cell): string {
  const clicks = `${rate(week.rateOf(cell))} clicks an hour`;
  return `${week.slotName(cell)}: ${clicks} (${count(cell.clicks)} in ${rate(cell.hours)} hours)`;
}

function useNow(tz: string | null): week.Slot | null {
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), 30_000, { autoInvoke: true });
  return tz === null ? null : week.slotOf(now, tz);
}

type Props = {
  data: Heatmap;
  /** Whose clock it is; null when it is many people's, where it is never one hour now. */
  tz: string | null;
  /** Hours that stand out, to be marked. */
  best: readonly week.Slot[];
};

export function HeatMap({ data, tz, best }: Props) {
  const now = useNow(tz);
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<week.Slot | null>(null);
  const [shown, setShown] = useState<week.Slot | null>(null);
  const tabStop = at ?? now ?? { weekday: 1, hour: 0 };
  const top = robustTop(data.cells.map(week.rateOf));
  const cellAt = ({ weekday, hour }: week.Slot) => data.cells[(weekday - 1) * 24 + hour];
  const read = shown && cellAt(shown);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = week.moved(tabStop, event.key);
    if (!next) return;
    event.preventDefault();
    const cell = table.current?.querySelector(`[data-slot="${next.weekday}-${next.hour}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };

  return (
    <>
      <table
        ref={table}
        role="grid"
        aria-label="Clicks per hour by hour of the week"
        className={classes.week}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setShown(at)}
      >
        <thead>
          <tr>
            <td />
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {hour % 3 === 0 ? (
                  <span className={classes.hour}>{week.hourName(hour)}</span>
                ) : (
                  <VisuallyHidden>{week.hourName(hour)}</VisuallyHidden>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{week.weekdayName(weekday, 'short')}</th>
              {hours.map((hour) => {
                const slot = { weekday, hour };
                const cell = cellAt(slot);
                const isNow = now !== null && week.isSame(slot, now);
                return (
                  <td
                    key={hour}
                    data-slot={`${weekday}-${hour}`}
                    data-shade={cell ? shadeOf(week.rateOf(cell), top) : 0}
                    data-now={isNow || undefined}
                    data-best={best.some((one) => week.isSame(one, slot)) || undefined}
                    tabIndex={week.isSame(slot, tabStop) ? 0 : -1}
                    aria-label={cell && cellText(cell)}
                    aria-current={isNow ? 'time' : undefined}
                    onMouseEnter={() => setShown(slot)}
                    onFocus={() => (setAt(slot), setShown(slot))}
                    onBlur={() => setShown(null)}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.foot}>
        <p className={classes.read}>
          {read
            ? cellText(read)
            : `${rate(week.averageRate(data.cells))} clicks an hour on average. Choose an hour.`}
        </p>
        <p className={classes.legend} aria-hidden="true">
          {top > 0 && (
            <span>
              0
              {Array.from({ length: shades + 1 }, (_, shade) => (
                <i key={shade} data-shade={shade} />
              ))}
              {rate(top)}+ an hour
            </span>
          )}
          {now && (
            <span>
              <i data-now /> now
            </span>
          )}
          {best.length > 0 && (
            <span>
              <i data-best data-shade={shades} /> stands out
            </span>
          )}
        </p>
      </div>
    </>
  );
}
