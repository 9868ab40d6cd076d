// SPDX-License-Identifier: Apache-2.0
// The filters of a page, each with its own way out. The text of a chip turns "is" into "is not".
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Filter } from '../../api/filter';
import { useLink } from '../../api/links';
import { type Dimension, type View, withFilter } from '../../api/view';
import { dimensionTitle, valueName } from '../../ui/dimension_names';
import { bareUrl } from '../../ui/format';
import { Icon } from '../../ui/icons';
import classes from './filter_chips.module.css';

/** A link by its title or address; its id while that is on its way, or when it is gone. */
function LinkName({ id }: { id: string }) {
  const { data } = useLink(id);
  return <>{data ? data.title || bareUrl(data.short_url) : id}</>;
}

function Value({ dimension, value }: { dimension: Dimension; value: string }): ReactNode {
  if (dimension === 'link' && value !== '') return <LinkName id={value} />;
  return valueName(dimension, value);
}

type ChipProps = {
  dimension: Dimension;
  filter: Filter;
  change: (filter: Filter | null) => void;
};

function Chip({ dimension, filter, change }: ChipProps) {
  const flipped = filter.not ? 'show only these' : 'leave these out instead';
  return (
    <li className={classes.chip} data-not={filter.not || undefined}>
      <UnstyledButton
        className={classes.text}
        title={`Click to ${flipped}`}
        onClick={() => change({ ...filter, not: !filter.not })}
      >
        <span>{dimensionTitle(dimension)}</span>{' '}
        <span className={classes.verb}>{filter.not ? 'is not' : 'is'}</span>{' '}
        <span className={classes.values}>
          {filter.values.map((value, at) => (
            <span key={value}>
              {at > 0 && <span className={classes.verb}> or </span>}
              <Value dimension={dimension} value={value} />
            </span>
          ))}
        </span>
      </UnstyledButton>
      <UnstyledButton className={classes.remove} onClick={() => change(null)}>
        <VisuallyHidden>Remove filter {dimensionTitle(dimension)}</VisuallyHidden>
        <Icon name="close" size={13} />
      </UnstyledButton>
    </li>
  );
}

type Props = { view: View; onChange: (view: View) => void };

export function FilterChips({ view, onChange }: Props) {
  const filters = Object.entries(view.filters) as [Dimension, Filter][];
  if (filters.length === 0) return null;
  return (
    <div className={classes.row}>
      <ul className={classes.chips} aria-label="Filters">
        {filters.map(([dimension, filter]) => (
          <Chip
            key={dimension}
            dimension={dimension}
            filter={filter}
            change={(next) => onChange(withFilter(view, dimension, next))}
          />
        ))}
      </ul>
      {filters.length > 1 && (
        <UnstyledButton
          className={classes.clear}
          onClick={() => onChange({ ...view, filters: {} })}
        >
          Clear all
        </UnstyledButton>
      )}
    </div>
  );
}
