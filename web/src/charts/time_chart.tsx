// SPDX-License-Identifier: Apache-2.0
import {
  Box,
  Button,
  Text,
  UnstyledButton,
  useComputedColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { type ReactNode, useId, useMemo, useState } from 'react';
import type { Timeseries, Velocity } from '../api/types';
import type { Traffic } from '../api/view';
import type { CsvTable } from '../ui/csv';
import { count } from '../ui/format';
import { Icon } from '../ui/icons';
import { palettes } from '../ui/palette';
import { fullLabel, intervalWord } from './buckets';
import { EChart } from './echart';
import { MarkList } from './mark_list';
import { beside, describe, type Drawn, measureNames, measuresOf } from './series';
import { seriesCsv, SeriesTable } from './series_table';
import { type Judgement, marksOf } from './spikes';
import classes from './time_chart.module.css';
import { timeOptions } from './time_options';

export type Head = { title: string; titleId: string; table: CsvTable; tools: ReactNode };

type Props = {
  data: Timeseries;
  /** The period before; undefined where there is none. */
  past: Timeseries | undefined;
  velocity: Velocity | undefined;
  /** Links that are judged on their own. */
  links: readonly Judgement[];
  traffic: Traffic;
  /** Whether the last bucket is still filling. */
  filling: boolean;
  /** Draws the panel's head around the title and the chart's own switches. */
  head: (head: Head) => ReactNode;
};

/** Clicks over time, as a chart or as a table, with a sentence for screen readers either way. */
export function TimeChart({ data, past, velocity, links, traffic, filling, head }: Props) {
  const palette = palettes[useComputedColorScheme('light')];
  const [asTable, setAsTable] = useState(false);
  // Bots start hidden: a crawler's visit would press everyone else flat against the axis.
  const [hidden, setHidden] = useState<Drawn[]>(['bots']);
  const titleId = useId();
  const measures = measuresOf(traffic);
  const before = useMemo(() => beside(data.points, past?.points), [data, past]);
  const marks = useMemo(() => marksOf(data.points, velocity, links), [data, velocity, links]);
  const compared = before.some((value) => value !== null);
  const option = useMemo(() => {
    const font = getComputedStyle(document.body).fontFamily;
    const { points, interval, tz } = data;
    const shown = measuresOf(traffic).filter((measure) => !hidden.includes(measure));
    const drawn = hidden.includes('before') ? [] : before;
    const marked = hidden.includes('clicks') ? new Map() : marks;
    return timeOptions({
      ...{ points, interval, tz, measures: shown, filling, palette, font },
      before: drawn,
      marks: marked,
    });
  }, [data, traffic, hidden, before, marks, filling, palette]);

  const toggle = (measure: Drawn) =>
    setHidden((now) =>
      now.includes(measure) ? now.filter((m) => m !== measure) : [...now, measure],
    );
  const keys: Drawn[] = [...measures, ...(compared ? (['before'] as const) : [])];
  const series = { data, measures, before, marks };

  return (
    <Box component="figure" m={0} aria-labelledby={titleId}>
      <VisuallyHidden component="figcaption">
        {describe(data.points, (t) => fullLabel(t, data.interval, data.tz), count)}
      </VisuallyHidden>
      {head({
        title: `${traffic === 'bot' ? 'Bot clicks' : 'Clicks'} per ${intervalWord(data.interval)}`,
        titleId,
        table: seriesCsv(series),
        tools: (
          <>
            {!asTable &&
              keys.length > 1 &&
              keys.map((measure) => (
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
          </>
        ),
      })}
      {asTable ? (
        <SeriesTable {...series} />
      ) : keys.every((measure) => hidden.includes(measure)) ? (
        <Text size="sm" c="dimmed" ta="center" py={120}>
          Choose what to draw above.
        </Text>
      ) : (
        <>
          <EChart option={option} height={270} />
          <MarkList data={data} marks={marks} />
        </>
      )}
    </Box>
  );
}
