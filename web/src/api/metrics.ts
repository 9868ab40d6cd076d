// SPDX-License-Identifier: Apache-2.0

/** Prometheus' text format, as far as the console reads it: values without labels, by name. */
export function parseMetrics(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const found = /^([a-zA-Z_:][\w:]*) (\S+)/.exec(line);
    const value = Number(found?.[2]);
    if (found?.[1] && Number.isFinite(value)) values.set(found[1], value);
  }
  return values;
}
