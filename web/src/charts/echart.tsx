// SPDX-License-Identifier: Apache-2.0
// ECharts in a React element. Only the parts in use are registered, so that the rest never ships.
// The drawing is decoration for assistive tools: whoever uses it puts words and a table beside it.
import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

register([LineChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);

type Props = { option: EChartsCoreOption; height: number };

export function EChart({ option, height }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);

  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, null, { renderer: 'svg' });
    chart.current = made;
    box.current.removeAttribute('_echarts_instance_'); // which HTML does not have
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { replaceMerge: ['series'], lazyUpdate: true });
  }, [option]);

  // A tooltip keeps its place when the chart gets narrower, and must not widen the page.
  const style = { height, width: '100%', overflowX: 'clip' } as const;
  return <div ref={box} style={style} aria-hidden="true" />;
}
