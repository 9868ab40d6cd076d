// SPDX-License-Identifier: Apache-2.0
// Clicks as points on a world map, one for each country: of a click a city is known at best, and of
// cities no position. The area of a point is in proportion to its clicks. Where a click has just
// come a ring runs outwards once; people who want less motion see none.
import { count as countText } from '../ui/format';
import { countryPlaces } from './country_places';
import classes from './point_map.module.css';
import { world, worldBox } from './world';

const largest = 17;
const smallest = 3.5;
/** Points grow to their full size only when the largest stands for this many clicks. */
const fullSizeFrom = 12;

const land = world.map(({ path }) => path).join('');

/** A point's radius: its area says how many clicks there are, beside the most. */
export function radius(clicks: number, most: number): number {
  return Math.max(smallest, largest * Math.sqrt(clicks / Math.max(most, fullSizeFrom)));
}

type Props = {
  /** Clicks by country code. */
  clicks: ReadonlyMap<string, number>;
  name: (code: string) => string;
  /** Told of a point that is pressed. */
  choose: (code: string) => void;
};

export default function PointMap({ clicks, name, choose }: Props) {
  // Large ones first, so that small neighbours stay on top of them.
  const points = [...clicks]
    .filter(([code]) => countryPlaces.has(code))
    .sort(([, a], [, b]) => b - a);
  const most = points[0]?.[1] ?? 0;
  const { x, y, width, height } = worldBox;
  return (
    <svg
      className={classes.map}
      viewBox={`${x} ${y} ${width} ${height}`}
      role="group"
      aria-label="Map of clicks by country"
    >
      <path d={land} className={classes.land} aria-hidden="true" />
      {points.map(([code, count]) => {
        const [px, py] = countryPlaces.get(code) ?? [0, 0];
        const r = radius(count, most);
        return (
          <g key={code} transform={`translate(${px.toFixed(1)} ${py.toFixed(1)})`}>
            <circle key={count} r={r} className={classes.ping} aria-hidden="true" />
            <circle
              r={r}
              className={classes.point}
              role="button"
              tabIndex={0}
              aria-label={`Show only ${name(code)}: ${countText(count)}`}
              onClick={() => choose(code)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                event.preventDefault();
                choose(code);
              }}
            >
              <title>{`${name(code)}: ${countText(count)}`}</title>
            </circle>
          </g>
        );
      })}
    </svg>
  );
}
