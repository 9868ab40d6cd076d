// SPDX-License-Identifier: Apache-2.0
// Above the live page: whether the stream is open, whose clicks, the filters of the address, and a
// button that holds everything still.
import { Button, Group, SegmentedControl, VisuallyHidden } from '@mantine/core';
import type { LiveState } from '../../api/live_stream';
import { dimensions, type Dimension, traffics, type Traffic } from '../../api/view';
import { dimensionTitle, valueName } from '../../ui/dimension_names';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import classes from './live.module.css';

const trafficNames: Record<Traffic, string> = { human: 'People', bot: 'Bots', all: 'All' };

export function stateText(state: LiveState, paused: boolean): string {
  if (state.name === 'refused') return 'Not connected';
  if (state.name === 'waiting') return 'Cut off – trying again';
  if (state.name === 'connecting') return 'Connecting …';
  return paused ? 'Paused' : 'Live';
}

/** The filters in an address, as they are written there. */
export function filtersOf(params: URLSearchParams): [Dimension, string][] {
  return dimensions.flatMap((dimension) => {
    const value = params.get(dimension);
    return value === null ? [] : [[dimension, value] as [Dimension, string]];
  });
}

type Props = {
  state: LiveState;
  paused: boolean;
  /** Rows that came while everything was held still. */
  waiting: number;
  togglePause: () => void;
  traffic: Traffic;
  setTraffic: (traffic: Traffic) => void;
  filters: readonly [Dimension, string][];
  removeFilter: (dimension: Dimension) => void;
};

export function LiveBar(props: Props) {
  const { state, paused, waiting, filters } = props;
  return (
    <Group gap="sm">
      <span
        className={classes.state}
        data-state={paused && state.name === 'open' ? 'paused' : state.name}
        role="status"
      >
        <span className={classes.dot} aria-hidden="true" />
        {stateText(state, paused)}
      </span>
      <Button
        size="xs"
        variant={paused ? 'filled' : 'default'}
        leftSection={<Icon name={paused ? 'play' : 'pause'} size={15} />}
        onClick={props.togglePause}
      >
        {paused ? (waiting > 0 ? `Go on (${count(waiting)} new)` : 'Go on') : 'Pause'}
      </Button>
      <SegmentedControl
        size="xs"
        aria-label="Whose clicks"
        data={traffics.map((value) => ({ value, label: trafficNames[value] }))}
        value={props.traffic}
        onChange={(traffic) => props.setTraffic(traffic as Traffic)}
      />
      {filters.length > 0 && (
        <ul className={classes.filters} aria-label="Filters">
          {filters.map(([dimension, value]) => (
            <li key={dimension}>
              <button
                type="button"
                className={classes.filter}
                onClick={() => props.removeFilter(dimension)}
              >
                <VisuallyHidden>Remove filter</VisuallyHidden>
                <span className={classes.filterName}>{dimensionTitle(dimension)}:</span>
                {valueName(dimension, value)}
                <Icon name="close" size={13} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Group>
  );
}
