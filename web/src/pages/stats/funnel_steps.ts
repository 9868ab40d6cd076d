// SPDX-License-Identifier: Apache-2.0
// The steps of a funnel in words, and how wide each is drawn: as a part of the widest.
import type { Funnel } from '../../api/types';

type Step = Funnel['steps'][number];

const words: Record<Step['step'], { name: string; absent: string }> = {
  impression: { name: 'Impressions', absent: 'None entered for these days and filters' },
  click: { name: 'Clicks of people', absent: 'Not known' },
  landing_view: { name: 'Landing page seen', absent: 'No landing page was shown' },
  store_open: { name: 'Store opened', absent: 'Nobody was sent to a store' },
  app_open: { name: 'App opened', absent: 'No app told of being opened' },
  conversion: { name: 'Converted clicks', absent: 'None reported' },
};

export type FunnelRow = Step & {
  name: string;
  /** Why there is no count; null when there is one. */
  absent: string | null;
  /** Of the widest step, 0 to 1. */
  width: number;
  /** The step that `rate` relates to. */
  before: string | null;
};

export function funnelRows(steps: readonly Step[]): FunnelRow[] {
  const widest = Math.max(1, ...steps.map((step) => step.count ?? 0));
  let before: string | null = null;
  return steps.map((step) => {
    const { name, absent } = words[step.step];
    const row = {
      ...step,
      name,
      absent: step.count === null ? absent : null,
      width: (step.count ?? 0) / widest,
      before,
    };
    if (step.count !== null) before = name;
    return row;
  });
}
