// SPDX-License-Identifier: Apache-2.0
// The rows of a breakdown with their shares. What could not be known and what a limit cut off look
// different from real values: they are counted, so that rows add up to the total, but they are no
// answer.
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Link } from 'wouter';
import type { Filter } from '../../api/filter';
import type { ApiDimension, Breakdown, BreakdownRow } from '../../api/types';
import { type Dimension, isDimension } from '../../api/view';
import { dimensionTitle, isMissing, rowName } from '../../ui/dimension_names';
import { count, share } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { coverageText } from './coverage_text';
import classes from './breakdown_table.module.css';

/** How rows become filters: what is chosen now, and what a press on a row does. */
export type RowFilters = {
  now: (dimension: Dimension) => Filter | undefined;
  only: (dimension: Dimension, value: string) => void;
  exclude: (dimension: Dimension, value: string) => void;
  /** The address of a link's own page. */
  linkPage: (id: string) => string;
};

type RowProps = {
  by: ApiDimension;
  row: BreakdownRow;
  widest: number;
  full: boolean;
  filters?: RowFilters | undefined;
};

/** What can be done with a row besides filtering by it. */
function RowTools({ by, row, filters }: RowProps & { by: Dimension; filters: RowFilters }) {
  const name = rowName(by, row);
  const value = row.value ?? '';
  return (
    <span className={classes.tools}>
      {by === 'link' && value !== '' && (
        <Link
          href={filters.linkPage(value)}
          className={classes.tool}
          aria-label={`Open the page of ${name}`}
          title="Open its page"
        >
          <Icon name="right" size={14} />
        </Link>
      )}
      <UnstyledButton
        className={classes.tool}
        aria-label={`Leave out ${name}`}
        title={`Leave out ${name}`}
        onClick={() => filters.exclude(by, value)}
      >
        <Icon name="exclude" size={14} />
      </UnstyledButton>
    </span>
  );
}

function Row(props: RowProps) {
  const { by, row, widest, full, filters } = props;
  const name = rowName(by, row);
  const value = row.value;
  const filterable = filters && isDimension(by) && value !== null && row.kind !== 'rest';
  const now = filterable ? filters.now(by) : undefined;
  const chosen = now !== undefined && !now.not && value !== null && now.values.includes(value);
  return (
    <tr className={classes.row} data-kind={row.kind} data-missing={isMissing(row) || undefined}>
      <th scope="row" className={classes.name}>
        <span className={classes.bar} style={{ width: `${(row.share / widest) * 100}%` }} />
        {filterable ? (
          <>
            <button
              type="button"
              className={classes.text}
              aria-pressed={chosen}
              title={chosen ? `${name} – show the others too` : `${name} – show only these clicks`}
              onClick={() => filters.only(by, value)}
            >
              {name}
            </button>
            <RowTools {...props} by={by} filters={filters} />
          </>
        ) : (
          <span className={classes.text} title={name}>
            {name}
          </span>
        )}
      </th>
      <td className={classes.number}>{count(row.clicks)}</td>
      {full && <td className={classes.number}>{count(row.unique_clicks)}</td>}
      <td className={classes.share}>{share(row.share)}</td>
    </tr>
  );
}

type Props = {
  data: Breakdown;
  by: ApiDimension;
  full: boolean;
  filters?: RowFilters | undefined;
};

export function BreakdownTable({ data, by, full, filters }: Props) {
  // The rest may hold conversions of values without a click, which are nothing to see here.
  const rows = data.rows.filter((row) => row.kind !== 'rest' || row.clicks > 0);
  const widest = Math.max(...rows.map((row) => row.share), Number.EPSILON);
  return (
    <>
      <table className={classes.table}>
        <VisuallyHidden component="caption">Clicks by {dimensionTitle(by)}</VisuallyHidden>
        <colgroup>
          <col />
          <col className={classes.wide} />
          {full && <col className={classes.wide} />}
          <col className={classes.narrow} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{dimensionTitle(by)}</th>
            <th scope="col">Clicks</th>
            {full && (
              <th scope="col" title="Unique clicks (per day)">
                Unique
              </th>
            )}
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={`${row.kind} ${row.value}`}
              by={by}
              row={row}
              widest={widest}
              full={full}
              filters={filters}
            />
          ))}
        </tbody>
      </table>
      {data.multi_valued && (
        <p className={classes.hint}>
          A click counts under every tag of its link, so these can add up to more than the total.
        </p>
      )}
      {data.coverage && <p className={classes.hint}>{coverageText(data.coverage)}</p>}
    </>
  );
}
