// SPDX-License-Identifier: Apache-2.0
// The rows of a breakdown with their shares. What could not be known and what a limit cut off look
// different from real values: they are counted, so that rows add up to the total, but they are no
// answer.
import { VisuallyHidden } from '@mantine/core';
import type { ApiDimension, Breakdown, BreakdownRow } from '../api/types';
import { type Dimension, dimensions } from '../api/view';
import { dimensionTitle, isMissing, rowName } from '../ui/dimension_names';
import { count, share } from '../ui/format';
import { coverageText } from './coverage_text';
import classes from './breakdown_card.module.css';

export type Choose = (dimension: Dimension, value: string) => void;

function filterable(by: ApiDimension): by is Dimension {
  return (dimensions as readonly string[]).includes(by);
}

type RowProps = {
  by: ApiDimension;
  row: BreakdownRow;
  widest: number;
  full: boolean;
  choose?: Choose | undefined;
};

function Row({ by, row, widest, full, choose }: RowProps) {
  const name = rowName(by, row);
  const value = row.value;
  return (
    <tr className={classes.row} data-kind={row.kind} data-missing={isMissing(row) || undefined}>
      <th scope="row" className={classes.name}>
        <span className={classes.bar} style={{ width: `${(row.share / widest) * 100}%` }} />
        {choose && filterable(by) && value !== null && row.kind !== 'rest' ? (
          <button
            type="button"
            className={classes.text}
            title={`${name} – ${by === 'link' ? 'open its page' : 'show only these clicks'}`}
            onClick={() => choose(by, value)}
          >
            {name}
          </button>
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

type Props = { data: Breakdown; by: ApiDimension; full: boolean; choose?: Choose | undefined };

export function BreakdownTable({ data, by, full, choose }: Props) {
  const widest = Math.max(...data.rows.map((row) => row.share), Number.EPSILON);
  return (
    <>
      <table className={classes.table}>
        <VisuallyHidden component="caption">Clicks by {dimensionTitle(by)}</VisuallyHidden>
        <colgroup>
          <col />
          <col style={{ width: 78 }} />
          {full && <col style={{ width: 78 }} />}
          <col style={{ width: 62 }} />
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
          {data.rows.map((row) => (
            <Row
              key={`${row.kind} ${row.value}`}
              by={by}
              row={row}
              widest={widest}
              full={full}
              choose={choose}
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
