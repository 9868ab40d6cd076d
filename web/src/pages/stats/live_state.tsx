// SPDX-License-Identifier: Apache-2.0
import type { LiveState as State } from '../../api/live_stream';
import classes from './live_state.module.css';

function stateText({ name }: State, paused: boolean): string {
  if (name === 'refused') return 'Not connected';
  if (name === 'waiting') return 'Cut off – trying again';
  if (paused) return 'Paused';
  return name === 'open' ? 'Live' : 'Connecting …';
}

/** Whether clicks come in, in a word; said aloud when it changes. */
export function LiveState({ state, paused }: { state: State; paused: boolean }) {
  const still = paused && state.name !== 'refused' && state.name !== 'waiting';
  return (
    <span className={classes.state} data-state={still ? 'paused' : state.name} role="status">
      <span className={classes.dot} aria-hidden="true" />
      {stateText(state, paused)}
    </span>
  );
}
