// SPDX-License-Identifier: Apache-2.0
// Shades for numbers. 0 is its own shade, "nothing"; the rest is cut into equal steps of the square
// root, which keeps small numbers visible beside large ones, up to a top from which on all are
// darkest. For hours of the week the top is the 95th percentile of those with clicks: one hour that
// went viral would otherwise leave 167 pale ones.
export const shades = 6;

/** The shade of `value`, 0 for none and 1 to `shades` for more. */
export function shadeOf(value: number, top: number): number {
  if (!(value > 0)) return 0;
  const part = top > 0 ? Math.sqrt(Math.min(value / top, 1)) : 1;
  return Math.max(1, Math.ceil(part * shades));
}

/** The smallest value that has the shade: what a legend says. */
export function leastOf(shade: number, top: number): number {
  return ((shade - 1) / shades) ** 2 * top;
}

/** The value below which 95 of 100 of the numbers above 0 are (nearest rank); 0 without any. */
export function robustTop(values: readonly number[]): number {
  const some = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  return some[Math.ceil(some.length * 0.95) - 1] ?? 0;
}
