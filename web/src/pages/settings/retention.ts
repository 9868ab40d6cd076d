// SPDX-License-Identifier: Apache-2.0

/** Whether going from one retention to another deletes something; null is for ever. */
export function shortens(before: number | null, after: number | null): boolean {
  return after !== null && (before === null || after < before);
}
