// SPDX-License-Identifier: Apache-2.0
// The time chart for those who want the numbers, and the same rows as a file.
import { ScrollArea, Table } from '@mantine/core';
import type { Timeseries } from '../api/types';
import type { CsvTable } from '../ui/csv';
import { count } from '../ui/format';
import { fullLabel } from './buckets';
import { markText } from './mark_text';
import { type Measure, measureNames, valueOf } from './series';
import type { Marks } from './spikes';
import classes from './time_chart.module.css';

type Series = {
  data: Timeseries;
  measures: readonly Measure[];
  /** Clicks of the period before, for each point. */
  before: readonly (number | null)[];
  marks: Marks;
};

export function seriesCsv({ data, measures, before, marks }: Series): CsvTable {
  return {
    columns: ['from', ...measures, 'before', 'remark'],
    rows: data.points.map((point, at) => [
      point.t,
      ...measures.map((measure) => valueOf(point, measure)),
      before[at],
      markText(marks.get(at)).join('; '),
    ]),
  };
}

export function SeriesTable({ data, measures, before, marks }: Series) {
  const compared = before.some((value) => value !== null);
  return (
    <ScrollArea.Autosize mah={300} type="auto" viewportProps={{ tabIndex: 0 }}>
      <Table stickyHeader className="tm-num" fz="sm">
        <Table.Thead className={classes.head}>
          <Table.Tr>
            <Table.Th scope="col">From</Table.Th>
            {measures.map((measure) => (
              <Table.Th key={measure} scope="col" ta="right">
                {measureNames[measure]}
              </Table.Th>
            ))}
            {compared && (
              <Table.Th scope="col" ta="right">
                {measureNames.before}
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.points
            .map((point, at) => (
              <Table.Tr key={point.t}>
                <Table.Th scope="row" fw={400}>
                  {fullLabel(point.t, data.interval, data.tz)}
                  {markText(marks.get(at)).map((text) => (
                    <div key={text} className={classes.remark}>
                      {text}
                    </div>
                  ))}
                </Table.Th>
                {measures.map((measure) => (
                  <Table.Td key={measure} ta="right">
                    {count(valueOf(point, measure))}
                  </Table.Td>
                ))}
                {compared && <Table.Td ta="right">{count(before[at])}</Table.Td>}
              </Table.Tr>
            ))
            .toReversed()}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
