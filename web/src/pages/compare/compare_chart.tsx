// SPDX-License-Identifier: Apache-2.0
import { Button, Group, ScrollArea, Table, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Timeseries } from '../../api/types';
import { fullLabel, intervalWord } from '../../charts/buckets';
import { aligned, compareOptions, type Line } from '../../charts/compare_options';
import { EChart } from '../../charts/echart';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { palettes } from '../../ui/palette';
import type { Column } from './columns';
import classes from './compare.module.css';

type Props = { columns: readonly Column[]; series: readonly (Timeseries | undefined)[] };

/** Clicks of all columns over time, as lines or as a table. */
export default function CompareChart({ columns, series }: Props) {
  const palette = palettes[useComputedColorScheme('light')];
  const [asTable, setAsTable] = useState(false);
  const lines: Line[] = columns.flatMap(({ name, colour }, at) => {
    const points = series[at]?.points;
    return points ? [{ name, colour, points }] : [];
  });
  const { interval = 'day', tz = 'UTC' } = series.find(Boolean) ?? {};
  const key = JSON.stringify(lines);
  const option = useMemo(() => {
    const font = getComputedStyle(document.body).fontFamily;
    return compareOptions({ lines: JSON.parse(key) as Line[], interval, tz, palette, font });
  }, [key, interval, tz, palette]);
  const { starts, clicks } = aligned(lines);
  return (
    <>
      <Group justify="space-between" mb="xs">
        <h2 className={classes.title}>Clicks per {intervalWord(interval)}</h2>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          c="dimmed"
          fw={500}
          leftSection={<Icon name={asTable ? 'chart' : 'table'} size={15} />}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Chart' : 'Table'}
        </Button>
      </Group>
      {asTable ? (
        <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table fz="sm" className="tm-num">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">From</Table.Th>
                {lines.map(({ name }) => (
                  <Table.Th key={name} scope="col" ta="right">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {starts
                .map((start, at) => (
                  <Table.Tr key={start}>
                    <Table.Th scope="row" fw={400}>
                      {fullLabel(start, interval, tz)}
                    </Table.Th>
                    {clicks.map((row, of) => (
                      <Table.Td key={of} ta="right">
                        {count(row[at])}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))
                .toReversed()}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      ) : (
        <EChart option={option} height={260} />
      )}
    </>
  );
}
