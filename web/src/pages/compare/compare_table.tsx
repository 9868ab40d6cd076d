// SPDX-License-Identifier: Apache-2.0
// The numbers side by side, a column for each thing and the first one as what the others are held
// against. Rates carry their interval, and a difference is called one only where the server's test
// says that it is hardly chance.
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Compared, ComparedValue } from '../../api/types';
import { Explained } from '../../ui/explained';
import { change as changeText, count } from '../../ui/format';
import { asShare, money, rate, rateRange } from '../../ui/rates';
import type { Column } from './columns';
import classes from './compare.module.css';
import { differenceWords } from './compare_words';

type Row = {
  name: string;
  help: string;
  cell: (value: ComparedValue, data: Compared) => ReactNode;
  /** Whether it is nothing without figures that people enter. */
  entered?: (value: ComparedValue) => boolean;
};

function Sub({ children }: { children: ReactNode }) {
  return <span className={classes.sub}>{children}</span>;
}

/** Of fewer clicks than this a change in per cent says nothing. */
const leastBefore = 20;

function Change({ value }: { value: ComparedValue }) {
  const { change, previous_clicks: before } = value;
  if (before === null) return null;
  const text = changeText(change);
  const way = change === 0 ? 'same' : (change ?? 0) > 0 ? 'up' : 'down';
  if (before < leastBefore || text === null) {
    return <span className={classes.change}>{count(before)} before</span>;
  }
  return (
    <span className={classes.change} data-way={way} title={`${count(before)} in the period before`}>
      {text}
    </span>
  );
}

function Difference({
  data,
  of,
  value,
}: {
  data: Compared;
  of: 'conversion_rate' | 'ctr';
  value: string;
}) {
  const found = data.differences.find((one) => one.rate === of && one.value === value);
  if (!found) return null;
  const { tone, text } = differenceWords(found);
  return (
    <span className={classes.difference} data-tone={tone}>
      {text}
    </span>
  );
}

const rows: Row[] = [
  {
    name: 'Clicks',
    help: 'Requests that were sent on, in the range. Below it the change against the period before, or the clicks of then where they are too few for a percentage.',
    cell: (value) => (
      <>
        {count(value.clicks)}
        <Change value={value} />
      </>
    ),
  },
  {
    name: 'Unique clicks',
    help: 'The first click of a visitor on a link in a UTC day; the days are added up.',
    cell: (value) => count(value.unique_clicks),
  },
  {
    name: 'Visitors',
    help: 'Different people, each counted once a UTC day; several days are added up.',
    cell: (value) => count(value.visitors),
  },
  {
    name: 'Bots, apart',
    help: 'Crawlers, link previews, monitors and scanners: never part of the clicks of people.',
    cell: (value) => count(value.bots),
  },
  {
    name: 'Conversions',
    help: 'Conversions that happened in the range, and what they are worth.',
    cell: (value, { currency }) => (
      <>
        {count(value.conversions)}
        {value.conversion_value > 0 && <Sub>{money(value.conversion_value, currency)}</Sub>}
      </>
    ),
  },
  {
    name: 'Conversion rate',
    help: 'Clicks of people in the range with a conversion, whenever it happened, ÷ clicks of people. Below it the range in which the true rate lies (Wilson, 95 %), and the difference from the first column.',
    cell: (value, data) => (
      <>
        {rate(value.conversion_rate)}
        {value.conversion_rate_interval && <Sub>{rateRange(value.conversion_rate_interval)}</Sub>}
        <Difference data={data} of="conversion_rate" value={value.value} />
      </>
    ),
  },
  {
    name: 'Impressions',
    help: 'How often the links were shown, as it was entered for the days of the range.',
    cell: (value) => count(value.impressions),
    entered: (value) => value.impressions === null,
  },
  {
    name: 'CTR',
    help: 'Clicks of people ÷ impressions, with its range (Wilson, 95 %). Nothing without impressions.',
    cell: (value, data) => (
      <>
        {rate(asShare(value.ctr))}
        {value.ctr_interval && (
          <Sub>
            {rateRange({
              low: asShare(value.ctr_interval.low),
              high: asShare(value.ctr_interval.high),
            })}
          </Sub>
        )}
        {value.more_clicks_than_impressions && <Sub>more clicks than impressions</Sub>}
        <Difference data={data} of="ctr" value={value.value} />
      </>
    ),
  },
  {
    name: 'Cost',
    help: 'What was entered for the days of the range, in the currency of the workspace.',
    cell: (value, { currency }) => money(value.cost, currency),
    entered: (value) => value.cost === null,
  },
  {
    name: 'Cost per click',
    help: 'Cost ÷ clicks of people.',
    cell: (value, { currency }) => money(value.cpc, currency),
  },
  {
    name: 'Cost per conversion',
    help: 'Cost ÷ conversions.',
    cell: (value, { currency }) => money(value.cpa, currency),
  },
];

type Props = {
  data: Compared;
  columns: readonly Column[];
  /** Opens the entry of a link’s figures; null where an entry would not be shown. */
  enter: ((link: string) => void) | null;
};

export function CompareTable({ data, columns, enter }: Props) {
  const byValue = new Map(data.columns.map((column) => [column.value, column]));
  return (
    <section className={`tm-card ${classes.tableCard}`} aria-label="Side by side">
      <div className={classes.scroll} tabIndex={0} role="group" aria-label="Side by side, table">
        <table className={`tm-num ${classes.table}`}>
          <thead>
            <tr>
              <td />
              {columns.map(({ value, name, colour }, at) => (
                <th key={value} scope="col">
                  <span className={classes.dot} style={{ background: colour }} />
                  <span className={classes.columnName} title={name}>
                    {name}
                  </span>
                  {at === 0 && <Sub>held against</Sub>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, help, cell, entered }) => (
              <tr key={name}>
                <th scope="row">
                  <Explained label={name} text={help} />
                </th>
                {columns.map(({ value, name: of }) => {
                  const column = byValue.get(value);
                  if (!column) return <td key={value}>–</td>;
                  return (
                    <td key={value}>
                      {enter && entered?.(column) ? (
                        <button
                          type="button"
                          className={classes.enter}
                          onClick={() => enter(value)}
                          aria-label={`Enter ${name.toLowerCase()} of ${of}`}
                        >
                          Enter
                        </button>
                      ) : (
                        cell(column, data)
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="xs" c="dimmed" p="sm">
        Numbers of clicks are not tested: how often each was shown decides them. Differences of
        rates hold at 95 % for all columns together and for one look; who looks again and again
        makes an experiment instead.
      </Text>
    </section>
  );
}
