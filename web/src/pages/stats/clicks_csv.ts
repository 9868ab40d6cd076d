// SPDX-License-Identifier: Apache-2.0
import type { Click } from '../../api/types';
import type { CsvTable } from '../../ui/csv';

/** Single clicks as a file, with every fact under the name that the API has for it. */
export function clicksCsv(clicks: readonly Click[]): CsvTable {
  const columns = Object.keys(clicks[0] ?? {}) as (keyof Click)[];
  return { columns, rows: clicks.map((click) => columns.map((column) => click[column])) };
}
