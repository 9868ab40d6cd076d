// SPDX-License-Identifier: Apache-2.0
// The scale on which costs of a conversion are drawn: from the smallest to the largest bound, each
// step ten times the one before. Costs by channel differ by factors, and on an even scale one dear
// channel would press all others against the edge.
import type { ChannelRow } from '../../api/types';

export type CostScale = {
  /** Where an amount stands, as a share of the width. */
  at: (amount: number) => number;
  /** Round amounts on the scale, smallest first. */
  ticks: number[];
};

export function costScale(rows: readonly Pick<ChannelRow, 'cpa_range' | 'cpa'>[]): CostScale {
  const amounts = rows
    .flatMap(({ cpa_range, cpa }) => [cpa_range?.low, cpa_range?.high, cpa])
    .filter((amount): amount is number => typeof amount === 'number' && amount > 0);
  const low = Math.log10(Math.min(...amounts, 1e9) / 1.3);
  const high = Math.log10(Math.max(...amounts, 1e-9) * 1.6);
  if (!(high > low)) return { at: () => 0, ticks: [] };
  const at = (amount: number) => {
    const place = amount > 0 ? (Math.log10(amount) - low) / (high - low) : 0;
    return Math.min(1, Math.max(0, place));
  };
  const steps = high - low > 1.5 ? [1] : [1, 2, 5];
  const ticks = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1) {
    for (const step of steps) {
      const tick = step * 10 ** power;
      if (at(tick) > 0.02 && at(tick) < 0.98) ticks.push(tick);
    }
  }
  return { at, ticks };
}
