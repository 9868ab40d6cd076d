// SPDX-License-Identifier: Apache-2.0
import { fullLabel } from './buckets';
import { markText } from './mark_text';
import type { Marks } from './spikes';
import classes from './time_chart.module.css';

const most = 3;

type Series = { points: readonly { t: string }[]; interval: string; tz: string };

/** What stands out, in words below the chart: the latest few. */
export function MarkList({ data, marks }: { data: Series; marks: Marks }) {
  const all = [...marks.entries()]
    .sort(([a], [b]) => b - a)
    .flatMap(([at, mark]) => markText(mark).map((text) => ({ at, text })));
  if (all.length === 0) return null;
  return (
    <ul className={classes.marks} aria-label="What stands out">
      {all.slice(0, most).map(({ at, text }) => (
        <li key={`${at} ${text}`}>
          <span className={classes.markDot} aria-hidden="true" />
          {fullLabel(data.points[at]?.t ?? '', data.interval, data.tz)}: {text}
        </li>
      ))}
      {all.length > most && <li>and {all.length - most} more, marked in the chart</li>}
    </ul>
  );
}
