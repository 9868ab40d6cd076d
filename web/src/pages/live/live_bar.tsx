// SPDX-License-Identifier: Apache-2.0
// Above the live page: whether the stream is open, whose clicks, the filters of the address, and a
// button that holds everything still.
import { Button, Group, SegmentedControl } from '@mantine/core';
import type { LiveState as State } from '../../api/live_stream';
import { traffics, type Traffic, type View } from '../../api/view';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { FilterChips } from '../stats/filter_chips';
import { LiveState } from '../stats/live_state';

const trafficNames: Record<Traffic, string> = { human: 'People', bot: 'Bots', all: 'All' };

type Props = {
  state: State;
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
      <LiveState state={state} paused={paused} />
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
