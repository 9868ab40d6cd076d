// SPDX-License-Identifier: Apache-2.0
// Clicks by country on the map. It is a second way to look at the list beside it, which has the same
// countries in words and for the keyboard; for assistive tools it is one picture with a sentence.
import { Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { BreakdownRow } from '../api/types';
import { valueName } from '../ui/dimension_names';
import { count, share } from '../ui/format';
import { leastOf, shadeOf, shades } from './steps';
import { world, worldBox } from './world';
import classes from './world_map.module.css';

const drawn = new Set(world.flatMap(({ code }) => code ?? []));
const mostNamed = 6;

type Props = {
  rows: readonly BreakdownRow[];
  chosen: (country: string) => boolean;
  onChoose: (country: string) => void;
};

function Legend({ top }: { top: number }) {
  return (
    <div className={classes.legend} aria-hidden="true">
      <span>1</span>
      {Array.from({ length: shades }, (_, at) => (
        <span
          key={at}
          className={classes.shade}
          data-shade={at + 1}
          title={`from ${count(Math.ceil(leastOf(at + 1, top)))} clicks`}
        />
      ))}
      <span className="tm-num">{count(top)}</span>
    </div>
  );
}

/** What the map cannot show, so that nothing on it seems to be all. */
function NotDrawn({ rows }: { rows: readonly BreakdownRow[] }) {
  const missing = rows.filter((row) => row.kind !== 'value' || !drawn.has(row.value ?? ''));
  if (missing.length === 0) return null;
  const named = missing.slice(0, mostNamed).map((row) => {
    const name = row.kind === 'value' ? valueName('country', row.value ?? '') : 'Unknown';
    return `${name} ${count(row.clicks)}`;
  });
  const more = missing.length > mostNamed ? ` and ${missing.length - mostNamed} more` : '';
  return <p className={classes.missing}>{`Not on the map: ${named.join(', ')}${more}.`}</p>;
}

export function WorldMap({ rows, chosen, onChoose }: Props) {
  const [over, setOver] = useState<string | null>(null);
  const byCode = new Map(rows.map((row) => [row.value, row]));
  const top = Math.max(0, ...rows.filter((r) => drawn.has(r.value ?? '')).map((r) => r.clicks));
  const row = over === null ? undefined : byCode.get(over);
  const label = over
    ? `${valueName('country', over)}: ${count(row?.clicks ?? 0)} clicks, ${share(row?.share ?? 0)}`
    : '';
  const best = rows.find((one) => one.kind === 'value');
  const { x, y, width, height } = worldBox;
  return (
    <>
      <Tooltip.Floating label={label} disabled={over === null} offset={14}>
        <svg
          viewBox={`${x} ${y} ${width} ${height}`}
          className={classes.map}
          role="img"
          aria-label={
            best
              ? `World map: most clicks, ${count(best.clicks)}, from ${valueName('country', best.value ?? '')}. The list of countries has all.`
              : 'World map without clicks'
          }
        >
          {world.map(({ code, name, path }) => {
            const clicks = byCode.get(code)?.clicks ?? 0;
            return (
              <path
                key={name}
                d={path}
                className={classes.country}
                data-country={code}
                data-shade={shadeOf(clicks, top)}
                data-chosen={(code !== null && chosen(code)) || undefined}
                data-live={clicks > 0 || undefined}
                onMouseEnter={() => setOver(code)}
                onMouseLeave={() => setOver(null)}
                onClick={() => code !== null && clicks > 0 && onChoose(code)}
              />
            );
          })}
        </svg>
      </Tooltip.Floating>
      {top > 0 && <Legend top={top} />}
      <NotDrawn rows={rows} />
    </>
  );
}
