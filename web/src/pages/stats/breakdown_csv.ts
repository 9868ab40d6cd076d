// SPDX-License-Identifier: Apache-2.0
import type { Breakdown } from '../../api/types';
import { rowName } from '../../ui/dimension_names';
import type { CsvTable } from '../../ui/csv';

/** A breakdown as a file: values as they are stored, so that they can be filtered by, and by name. */
export function breakdownCsv({ by, rows }: Breakdown): CsvTable {
  return {
    columns: [by, 'name', 'kind', 'clicks', 'unique_clicks', 'share', 'conversions'],
    rows: rows.map((row) => [
      row.value,
      rowName(by, row),
      row.kind,
      row.clicks,
      row.unique_clicks,
      row.share,
      row.conversions,
    ]),
  };
}
