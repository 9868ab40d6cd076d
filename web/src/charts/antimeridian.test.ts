// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { cutRing, type LonLat } from './antimeridian';

const box = (...ring: LonLat[]) => ring;

it('a ring on one side stays what it is', () => {
  const ring = box([10, 0], [20, 0], [20, 10], [10, 0]);
  expect(cutRing(ring)).toEqual([ring]);
});

it('a ring over the edge becomes two, none of them wider than itself', () => {
  const parts = cutRing(box([170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]));
  expect(parts).toHaveLength(2);
  const spans = parts.map((part) => {
    const longitudes = part.map(([longitude]) => longitude);
    return [Math.min(...longitudes), Math.max(...longitudes)];
  });
  expect(spans).toEqual([
    [170, 180],
    [-180, -170],
  ]);
  for (const part of parts) {
    expect(part.map(([, latitude]) => latitude)).toEqual(expect.arrayContaining([0, 10]));
  }
});

it('begun on the other side it is cut all the same', () => {
  expect(cutRing(box([-170, 0], [-170, 10], [170, 10], [170, 0], [-170, 0]))).toHaveLength(2);
});
