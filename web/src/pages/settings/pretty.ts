// SPDX-License-Identifier: Apache-2.0

/** JSON with line breaks; anything else, half a JSON too, as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
