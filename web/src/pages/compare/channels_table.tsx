// SPDX-License-Identifier: Apache-2.0
// All channels with what they cost and what came of it. CTR stands beside what is usual for the
// channel, as a picture: the band is usual, the bar is the range in which the true CTR lies.
import { Skeleton, Text } from '@mantine/core';
import { useCompared } from '../../api/compare';
import type { ChannelRow, Channels, ComparedValue, StatsQuery } from '../../api/types';
import { Explained } from '../../ui/explained';
import { count, share } from '../../ui/format';
import { asShare, money, moneyRange, rate, rateRange } from '../../ui/rates';
import classes from './compare.module.css';
import { channelName, standingWords } from './compare_words';

const columns = [
  ['Clicks', 'Clicks by the channel that they came by.'],
  [
    'CTR',
    'Clicks of people ÷ impressions of the channel’s links, with its range (Wilson, 95 %). Beside it what is usual: our own rule of thumb, which differs widely between audiences.',
  ],
  ['Cost', 'Entered for the channel’s links and the days of the range.'],
  ['CPC', 'Cost per click: cost ÷ clicks of people.'],
  ['Conversions', 'Conversions that happened in the range, of clicks of the channel.'],
  [
    'Conversion rate',
    'Clicks of people with a conversion ÷ clicks of people, with its range (Wilson, 95 %).',
  ],
  [
    'CPA',
    'Cost per conversion: cost ÷ conversions. Below it what a conversion may cost, given how few there are; the ranges of all channels hold together at 95 %.',
  ],
] as const;

type Benchmark = ChannelRow['benchmarks'][number];

/** The usual band and the range of a CTR on one scale, from nothing to half more than the most. */
function CtrPicture({ row, benchmark }: { row: ChannelRow; benchmark: Benchmark }) {
  const high = Math.max(benchmark.ctr.high, row.ctr_interval?.high ?? 0) * 1.25;
  const at = (value: number) => `${(value / high) * 100}%`;
  return (
    <svg className={classes.ctr} aria-hidden="true">
      <rect
        x={at(benchmark.ctr.low)}
        width={at(benchmark.ctr.high - benchmark.ctr.low)}
        y="0"
        height="14"
        rx="3"
        className={classes.usual}
      />
      {row.ctr_interval && (
        <rect
          x={at(row.ctr_interval.low)}
          width={at(Math.max(row.ctr_interval.high - row.ctr_interval.low, high / 60))}
          y="5"
          height="4"
          rx="2"
          className={classes.found}
        />
      )}
    </svg>
  );
}

function Usual({ row }: { row: ChannelRow }) {
  return row.benchmarks.map((benchmark) => (
    <span key={benchmark.placement} className={classes.benchmark}>
      <CtrPicture row={row} benchmark={benchmark} />
      <span className={classes.sub}>
        {row.ctr !== null && (
          // Of several placements nobody told which it is, so that none of them is good or bad.
          <b data-standing={row.benchmarks.length === 1 ? benchmark.standing : undefined}>
            {standingWords[benchmark.standing]}:{' '}
          </b>
        )}
        {rateRange({ low: asShare(benchmark.ctr.low), high: asShare(benchmark.ctr.high) })}
        {benchmark.placement && `, ${benchmark.placement}`}
      </span>
    </span>
  ));
}

type RowProps = { row: ChannelRow; compared: ComparedValue | undefined; currency: string | null };

function Row({ row, compared, currency }: RowProps) {
  const figures = row.channel === '';
  return (
    <tr>
      <th scope="row">{channelName(row.channel)}</th>
      <td>
        {figures ? '–' : count(row.clicks)}
        {!figures && <span className={classes.sub}>{share(row.share)}</span>}
      </td>
      <td className={classes.ctrCell}>
        {rate(asShare(row.ctr))}
        {row.ctr_interval && (
          <span className={classes.sub}>
            {rateRange({
              low: asShare(row.ctr_interval.low),
              high: asShare(row.ctr_interval.high),
            })}
          </span>
        )}
        {row.impressions !== null && (
          <span className={classes.sub}>{count(row.impressions)} impressions</span>
        )}
        {row.more_clicks_than_impressions && (
          <span className={classes.sub}>more clicks than impressions: some are missing</span>
        )}
        <Usual row={row} />
      </td>
      <td>{money(row.cost, currency)}</td>
      <td>{money(row.cpc, currency)}</td>
      <td>{figures ? '–' : count(row.conversions)}</td>
      <td>
        {rate(compared?.conversion_rate)}
        {compared?.conversion_rate_interval && (
          <span className={classes.sub}>{rateRange(compared.conversion_rate_interval)}</span>
        )}
      </td>
      <td>
        {money(row.cpa, currency)}
        {row.cpa_range && (
          <span className={classes.sub}>{moneyRange(row.cpa_range, currency)}</span>
        )}
      </td>
    </tr>
  );
}

/** As many channels as the server lays side by side in one question. */
const withRates = 10;

export function ChannelsTable({ data, query }: { data: Channels | undefined; query: StatsQuery }) {
  const named = (data?.rows ?? []).filter((row) => row.channel !== '').map((row) => row.channel);
  const compared = useCompared('channel', named.slice(0, withRates), query);
  const rates = new Map(compared.data?.columns.map((column) => [column.value, column]));
  if (!data) return <Skeleton height={260} />;
  return (
    <section className={`tm-card ${classes.tableCard}`} aria-label="Channels">
      <h2 className={`${classes.title} ${classes.padded}`}>Channels</h2>
      <div className={classes.scroll} tabIndex={0} role="group" aria-label="Channels, table">
        <table className={`tm-num ${classes.table}`} data-wide>
          <thead>
            <tr>
              <th scope="col">Channel</th>
              {columns.map(([label, text]) => (
                <th key={label} scope="col">
                  <Explained label={label} text={text} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <Row
                key={row.channel}
                row={row}
                compared={rates.get(row.channel)}
                currency={data.currency}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Text size="xs" c="dimmed" p="sm">
        Clicks count under the channel they came by, impressions and costs under the channel that is
        set on their link.
      </Text>
    </section>
  );
}
