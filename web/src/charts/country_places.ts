// SPDX-License-Identifier: Apache-2.0
// Where on the world map a country's clicks are drawn: in the middle of its largest part, so that
// France's are not in the Atlantic; those that the map is too coarse for by their position.
import { equalEarth } from './equal_earth';
import { smallCountries } from './small_countries';
import { world } from './world';

export type Place = readonly [x: number, y: number];

/** The unit of the outlines in world.ts: what one of the projection is in the drawing. */
const unit = 200;

/** Twice the area of a closed line and its middle. */
function middle(ring: readonly Place[]): { area: number; at: Place } {
  let [area, x, y] = [0, 0, 0];
  let [ax, ay] = ring.at(-1) ?? [0, 0];
  for (const [bx, by] of ring) {
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
    [ax, ay] = [bx, by];
  }
  return { area: Math.abs(area), at: [x / (3 * area), y / (3 * area)] };
}

/** The middle of the largest of the closed lines that make up a path. */
export function middleOf(path: string): Place {
  const rings = path
    .split('Z')
    .map((part) =>
      [...part.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]): Place => [Number(x), Number(y)]),
    );
  return rings
    .filter((ring) => ring.length > 2)
    .map(middle)
    .reduce((best, part) => (part.area > best.area ? part : best)).at;
}

function readPlaces(): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const [code, [longitude, latitude]] of Object.entries(smallCountries)) {
    const [x, y] = equalEarth(longitude, latitude);
    places.set(code, [x * unit, y * unit]);
  }
  for (const { code, path } of world) if (code) places.set(code, middleOf(path));
  return places;
}

export const countryPlaces: ReadonlyMap<string, Place> = readPlaces();
