// SPDX-License-Identifier: Apache-2.0
import { useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import type { Velocity } from '../api/types';
import { palettes } from '../ui/palette';
import { EChart } from './echart';
import { MarkList } from './mark_list';
import { marksOf } from './spikes';
import { velocityOptions, whatIsOver } from './velocity_options';

export function VelocityChart({ data: all }: { data: Velocity }) {
  const data = useMemo(() => whatIsOver(all), [all]);
  const palette = palettes[useComputedColorScheme('light')];
  const marks = useMemo(() => marksOf(data.points, data), [data]);
  const option = useMemo(() => {
    const font = getComputedStyle(document.body).fontFamily;
    return velocityOptions(data, marks, palette, font);
  }, [data, marks, palette]);
  return (
    <>
      <EChart option={option} height={270} />
      <VisuallyHidden>
        {marks.size === 0 ? 'Nothing stands out.' : 'What stands out is listed below.'}
      </VisuallyHidden>
      <MarkList data={data} marks={marks} />
    </>
  );
}
