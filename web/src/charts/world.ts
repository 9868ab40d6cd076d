// SPDX-License-Identifier: Apache-2.0
// The world as outlines: Natural Earth's countries at 1:110 million, projected once and kept as SVG
// paths. Own paths and not a chart library's map, because a country then is an element like any
// other: it takes its colour from the style sheet and a click as a click. Antarctica is left out,
// it has a code but nobody who clicks. Small countries have no outline at this scale; who draws the
// map names them beside it.
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Position } from 'geojson';
import atlas from 'world-atlas/countries-110m.json';
import { cutRing, type LonLat } from './antimeridian';
import { countryOfNumber } from './country_codes';
import { equalEarth } from './equal_earth';

export type Outline = { code: string | null; name: string; path: string };

const unit = 200;
/** The box that the outlines fill. */
export const worldBox = { x: -541, y: -268, width: 1082, height: 480 } as const;

function ringPath(ring: readonly LonLat[]): string {
  const points = ring.map(([longitude, latitude]) =>
    equalEarth(longitude, latitude)
      .map((value) => Math.round(value * unit * 10) / 10)
      .join(' '),
  );
  return `M${points.join('L')}Z`;
}

function polygonPath(rings: readonly Position[][]): string {
  return rings.flatMap((ring) => cutRing(ring as [number, number][]).map(ringPath)).join('');
}

function codeOf(id: string | number | undefined, name: string): string | null {
  if (name === 'Kosovo') return 'XK'; // has no number, but a code of its own in use
  return id === undefined ? null : countryOfNumber(String(id).padStart(3, '0'));
}

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>;

function readAtlas(): Outline[] {
  const topology = atlas as unknown as Countries;
  const outlines: Outline[] = [];
  for (const { id, geometry, properties } of feature(topology, topology.objects.countries)
    .features) {
    const code = codeOf(id, properties.name);
    if (code === 'AQ') continue;
    if (geometry.type === 'Polygon') {
      outlines.push({ code, name: properties.name, path: polygonPath(geometry.coordinates) });
    } else if (geometry.type === 'MultiPolygon') {
      const path = geometry.coordinates.map(polygonPath).join('');
      outlines.push({ code, name: properties.name, path });
    }
  }
  return outlines;
}

export const world: readonly Outline[] = readAtlas();
