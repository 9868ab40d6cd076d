// SPDX-License-Identifier: Apache-2.0
import { Badge } from '@mantine/core';
import type { Experiment } from '../../api/types';

const states = { planned: 'Planned', running: 'Running', ended: 'Ended' } as const;

export function StateBadge({ state }: Pick<Experiment, 'state'>) {
  return (
    <Badge
      variant={state === 'running' ? 'light' : 'default'}
      size="sm"
      tt="none"
      miw="max-content"
    >
      {states[state]}
    </Badge>
  );
}
