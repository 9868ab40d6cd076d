// SPDX-License-Identifier: Apache-2.0
// The strongest countries of each column, and how much hangs on few of them. Whether a market does
// better or worse than the rest is said only where the server could tell.
import { Skeleton } from '@mantine/core';
import type { Geo } from '../../api/types';
import { rowName } from '../../ui/dimension_names';
import { count, share } from '../../ui/format';
import type { Column } from './columns';
import classes from './compare.module.css';

const levels = {
  spread: 'spread over many markets',
  moderate: 'on some markets more than on others',
  high: 'concentrated on few markets',
} as const;

/** "concentrated on few markets, as if on 2.3 equal ones", or that it cannot be said. */
export function concentrationWords({ level, effective_markets }: Geo['concentration']): string {
  if (level === null) return 'too few clicks to say how they are spread';
  const equal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
  return `${levels[level]}, as if on ${equal.format(effective_markets)} equal ones`;
}

const standings = { strong: 'strong', under_performing: 'under-performing' } as const;
const reasons = {
  conversion_rate: 'by its conversion rate against all other markets',
  share: 'by its share against the period before',
} as const;

function Market({ row, widest }: { row: Geo['rows'][number]; widest: number }) {
  const standing =
    row.standing === 'strong' || row.standing === 'under_performing' ? row.standing : null;
  return (
    <tr data-kind={row.kind}>
      <th scope="row">
        <span
          className={classes.bar}
          style={{ width: `${((row.share ?? 0) / widest) * 100}%` }}
          aria-hidden="true"
        />
        <span className={classes.marketName}>{rowName('country', { ...row, label: null })}</span>
        {standing && (
          <span
            className={classes.standing}
            data-standing={standing}
            title={row.reason ? reasons[row.reason] : undefined}
          >
            {standings[standing]}
          </span>
        )}
      </th>
      <td>{count(row.clicks)}</td>
      <td>{share(row.share)}</td>
    </tr>
  );
}

type Props = { columns: readonly Column[]; answers: readonly (Geo | undefined)[] };

export function Markets({ columns, answers }: Props) {
  return (
    <section className={`tm-card ${classes.card}`} aria-labelledby="markets">
      <h2 className={classes.title} id="markets">
        Markets
      </h2>
      <div className={classes.markets}>
        {columns.map(({ value, name, colour }, at) => {
          const geo = answers[at];
          const widest = Math.max(...(geo?.rows ?? []).map((row) => row.share ?? 0), 1e-9);
          return (
            <div key={value} className={classes.market}>
              <h3 className={classes.marketTitle}>
                <span className={classes.dot} style={{ background: colour }} />
                {name}
              </h3>
              {geo ? (
                <>
                  <p className={classes.spread}>{concentrationWords(geo.concentration)}</p>
                  <table className={`tm-num ${classes.marketTable}`}>
                    <thead className={classes.said}>
                      <tr>
                        <th scope="col">Country</th>
                        <th scope="col">Clicks</th>
                        <th scope="col">Share</th>
                      </tr>
                    </thead>
                    <tbody>
                      {geo.rows.map((row) => (
                        <Market key={`${row.kind} ${row.value}`} row={row} widest={widest} />
                      ))}
                    </tbody>
                  </table>
                </>
              ) : (
                <Skeleton height={140} mt="xs" />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
