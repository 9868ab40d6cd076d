// SPDX-License-Identifier: Apache-2.0
// Where money should go: one sentence, and what a conversion costs by each channel on one scale.
// Advice is the server's and rare: ranges that overlap are no advice.
import { Button } from '@mantine/core';
import type { ChannelRow, Channels } from '../../api/types';
import { money, moneyRange } from '../../ui/rates';
import classes from './compare.module.css';
import { channelName, shiftWords } from './compare_words';
import { type CostScale, costScale } from './cost_scale';

const percent = (place: number) => `${(place * 100).toFixed(2)}%`;

function CostBar({ row, scale }: { row: ChannelRow; scale: CostScale }) {
  const range = row.cpa_range;
  if (!range) return null;
  const from = scale.at(range.low);
  const to = range.high === null ? 1 : scale.at(range.high);
  return (
    <svg className={classes.costBar} aria-hidden="true">
      <rect x="0" width="100%" y="14" height="1" className={classes.costLine} />
      <rect
        x={percent(from)}
        width={percent(Math.max(to - from, 0.004))}
        y="9"
        height="11"
        rx={range.high === null ? 0 : 5}
        className={classes.costRange}
        data-open={range.high === null || undefined}
      />
      {row.cpa !== null && (
        <circle cx={percent(scale.at(row.cpa))} cy="14.5" r="4.5" className={classes.costDot} />
      )}
    </svg>
  );
}

/** What a conversion costs by each channel that has costs, cheapest first. */
function Costs({ rows, currency }: { rows: readonly ChannelRow[]; currency: string | null }) {
  const scale = costScale(rows);
  const cheapest = [...rows].sort((a, b) => (a.cpa ?? Infinity) - (b.cpa ?? Infinity));
  return (
    <>
      <h3 className={classes.marketTitle}>What a conversion costs</h3>
      <ul className={classes.costs} aria-label="What a conversion costs, by channel">
        {cheapest.map((row) => (
          <li key={row.channel} className={classes.cost}>
            <span>{channelName(row.channel)}</span>
            <CostBar row={row} scale={scale} />
            <span className="tm-num">
              {money(row.cpa, currency)}
              <span className={classes.sub}>{moneyRange(row.cpa_range, currency)}</span>
            </span>
          </li>
        ))}
        <li className={classes.cost} aria-hidden="true">
          <span />
          <svg className={classes.costAxis}>
            {scale.ticks.map((tick) => (
              <text key={tick} x={percent(scale.at(tick))} y="11">
                {money(tick, currency)}
              </text>
            ))}
          </svg>
          <span />
        </li>
      </ul>
    </>
  );
}

type Props = { data: Channels; enter: () => void };

export function ShiftCard({ data, enter }: Props) {
  const advice = shiftWords(data);
  const priced = data.rows.filter((row) => row.channel !== '' && row.cpa_range !== null);
  return (
    <section
      className={`tm-card ${classes.shift}`}
      data-shift={advice.shift || undefined}
      aria-label="Where money does most"
    >
      <h2 className={classes.sentence}>{advice.sentence}</h2>
      {advice.why.map((reason) => (
        <p key={reason} className={classes.reason}>
          {reason}
        </p>
      ))}
      {data.shift_reason === 'no_figures' && (
        <Button size="xs" variant="default" mt="sm" onClick={enter}>
          Enter impressions and costs
        </Button>
      )}
      {priced.length > 0 && <Costs rows={priced} currency={data.currency} />}
    </section>
  );
}
