// SPDX-License-Identifier: Apache-2.0
// Rings of longitude and latitude that go over the 180th meridian (Russia, Fiji), cut there: drawn as
// they are, their edges would run across the whole map. Longitudes are first unrolled, so that no
// step is longer than half the world; what lies beyond the edge then comes back on the other side.
export type LonLat = readonly [number, number];

function unrolled(ring: readonly LonLat[]): LonLat[] {
  let turn = 0;
  return ring.map(([longitude, latitude], at) => {
    const step = longitude - (ring[at - 1]?.[0] ?? longitude);
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [longitude + turn, latitude];
  });
}

/** The part of a ring on one side of a meridian (Sutherland and Hodgman 1974). */
function clipped(ring: readonly LonLat[], edge: number, side: 1 | -1): LonLat[] {
  const inside = ([longitude]: LonLat) => (longitude - edge) * side >= 0;
  const part: LonLat[] = [];
  ring.forEach((to, at) => {
    const from = ring.at(at - 1) ?? to;
    if (inside(from) !== inside(to)) {
      const way = (edge - from[0]) / (to[0] - from[0]);
      part.push([edge, from[1] + way * (to[1] - from[1])]);
    }
    if (inside(to)) part.push(to);
  });
  return part;
}

/** The ring as one or more rings within ±180 degrees. */
export function cutRing(ring: readonly LonLat[]): LonLat[][] {
  const whole = unrolled(ring);
  const longitudes = whole.map(([longitude]) => longitude);
  const parts: LonLat[][] = [];
  for (const shift of [0, 360, -360]) {
    if (Math.max(...longitudes) - shift <= -180 || Math.min(...longitudes) - shift >= 180) continue;
    const moved = whole.map(([longitude, latitude]): LonLat => [longitude - shift, latitude]);
    const part = clipped(clipped(moved, -180, 1), 180, -1);
    if (part.length > 2) parts.push(part);
  }
  return parts;
}
