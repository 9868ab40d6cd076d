// SPDX-License-Identifier: Apache-2.0
import {
  Box,
  Button,
  Group,
  ScrollArea,
  Table,
  Text,
  Title,
  UnstyledButton,
  useComputedColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import type { Timeseries } from '../api/types';
import type { Traffic } from '../api/view';
import { count } from '../ui/format';
import { Icon } from '../ui/icons';
import { palettes } from '../ui/palette';
import { fullLabel, intervalWord } from './buckets';
import { EChart } from './echart';
import { describe, type Measure, measureNames, measuresOf, valueOf } from './series';
import classes from './time_chart.module.css';
import { timeOptions } from './time_options';

type Props = {
  data: Timeseries;
  traffic: Traffic;
  /** Whether the last bucket is still filling. */
  filling: boolean;
};

function SeriesTable({ data, measures }: { data: Timeseries; measures: readonly Measure[] }) {
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
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.points.toReversed().map((point) => (
            <Table.Tr key={point.t}>
              <Table.Th scope="row" fw={400}>
                {fullLabel(point.t, data.interval, data.tz)}
              </Table.Th>
              {measures.map((measure) => (
                <Table.Td key={measure} ta="right">
                  {count(valueOf(point, measure))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}

/** Clicks over time, as a chart or as a table, with a sentence for screen readers either way. */
export function TimeChart({ data, traffic, filling }: Props) {
  const palette = palettes[useComputedColorScheme('light')];
  const [asTable, setAsTable] = useState(false);
  // Bots start hidden: a crawler's visit would press everyone else flat against the axis.
  const [hidden, setHidden] = useState<Measure[]>(['bots']);
  const titleId = useId();
  const available = measuresOf(traffic);
  const shown = useMemo(
    () => measuresOf(traffic).filter((measure) => !hidden.includes(measure)),
    [traffic, hidden],
  );
  const option = useMemo(() => {
    const font = getComputedStyle(document.body).fontFamily;
    const { points, interval, tz } = data;
    return timeOptions({ points, interval, tz, measures: shown, filling, palette, font });
  }, [data, shown, filling, palette]);

  const toggle = (measure: Measure) =>
    setHidden((now) =>
      now.includes(measure) ? now.filter((m) => m !== measure) : [...now, measure],
    );

  return (
    <Box component="figure" m={0} aria-labelledby={titleId}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Title order={2} fz="md" id={titleId}>
          {traffic === 'bot' ? 'Bot clicks' : 'Clicks'} per {intervalWord(data.interval)}
        </Title>
        <Group gap={4}>
          {!asTable &&
            available.length > 1 &&
            available.map((measure) => (
              <UnstyledButton
                key={measure}
                className={classes.key}
                aria-pressed={!hidden.includes(measure)}
                onClick={() => toggle(measure)}
              >
                <span className={classes.dot} data-measure={measure} />
                {measureNames[measure]}
              </UnstyledButton>
            ))}
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
      </Group>
      <VisuallyHidden component="figcaption">
        {describe(data.points, (t) => fullLabel(t, data.interval, data.tz), count)}
      </VisuallyHidden>
      {asTable ? (
        <SeriesTable data={data} measures={available} />
      ) : shown.length === 0 ? (
        <Text size="sm" c="dimmed" ta="center" py={120}>
          Choose what to draw above.
        </Text>
      ) : (
        <EChart option={option} height={270} />
      )}
    </Box>
  );
}
