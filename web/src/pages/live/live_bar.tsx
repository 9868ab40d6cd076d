// SPDX-License-Identifier: Apache-2.0
// Above the live page: whether the stream is open, whose clicks, the filters of the address, and a
// button that holds everything still.
import { Button, Group, SegmentedControl } from '@mantine/core';
import type { LiveState } from '../../api/live_stream';
import { traffics, type Traffic, type View } from '../../api/view';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { FilterChips } from '../stats/filter_chips';
import classes from './live.module.css';

const trafficNames: Record<Traffic, string> = { human: 'People', bot: 'Bots', all: 'All' };

export function stateText(state: LiveState, paused: boolean): string {
  if (state.name === 'refused') return 'Not connected';
  if (state.name === 'waiting') return 'Cut off – trying again';
  if (state.name === 'connecting') return 'Connecting …';
  return paused ? 'Paused' : 'Live';
}

type Props = {
  state: LiveState;
  paused: boolean;
  /** Rows that came while everything was held still. */
  waiting: number;
  togglePause: () => void;
  view: View;
  onChange: (view: View) => void;
};

export function LiveBar(props: Props) {
  const { state, paused, waiting, view, onChange } = props;
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
        value={view.traffic}
        onChange={(traffic) => onChange({ ...view, traffic: traffic as Traffic })}
      />
      <FilterChips view={view} onChange={onChange} />
    </Group>
  );
}
