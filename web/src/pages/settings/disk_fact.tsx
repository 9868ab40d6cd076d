// SPDX-License-Identifier: Apache-2.0
import { Group, Progress, Text } from '@mantine/core';
import { bytes } from '../../ui/bytes';
import { type Disk, diskState } from './disk_state';
import { StateMark } from './state_mark';

const colours = { good: 'pine', warn: 'orange', bad: 'red' } as const;

/** How much of the disk with the data folder is free, and what happens when it is not. */
export function DiskFact({ disk }: { disk: Disk }) {
  const { size, free, reserve } = disk;
  const state = diskState(disk);
  return (
    <>
      <Group gap="sm">
        {bytes(free)} free of {bytes(size)}
        <StateMark {...state} />
      </Group>
      <Progress
        value={size > 0 ? ((size - free) / size) * 100 : 100}
        color={colours[state.tone]}
        size="sm"
        mt={6}
        aria-label="Disk, used"
      />
      <Text size="xs" c="dimmed" mt={4}>
        {reserve === undefined
          ? 'When it is full, links go on and clicks are lost.'
          : `The click store leaves the last ${bytes(reserve)} to the log: from there on clicks wait. When that is full too, links go on and clicks are lost.`}
      </Text>
    </>
  );
}
