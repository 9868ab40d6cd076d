// SPDX-License-Identifier: Apache-2.0
// A series as the outline of a tiny chart, from 0 at the bottom to its largest value at the top.

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** An SVG path through the values in a box; '' for fewer than two. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return '';
  const top = Math.max(...values, 1);
  const step = width / (values.length - 1);
  const points = values.map(
    (value, at) => `${rounded(at * step)} ${rounded(height - (value / top) * height)}`,
  );
  return `M${points.join('L')}`;
}
