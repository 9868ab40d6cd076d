// SPDX-License-Identifier: Apache-2.0

/**
 * A small line through `values` in a box of `width` × `height`, as an SVG path; each value has the
 * same width, the largest reaches the top, and a flat zero lies on the ground.
 */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return '';
  const top = Math.max(...values, 1);
  const step = width / (values.length - 1);
  return values
    .map((value, index) => {
      const x = Math.round(index * step * 10) / 10;
      const y = Math.round((height - (value / top) * height) * 10) / 10;
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
}
