// SPDX-License-Identifier: Apache-2.0
import { Stack, Title } from '@mantine/core';
import { collected, type Policy } from './collected';
import classes from './settings.module.css';

/** What is collected under `policy`, chapter by chapter. */
export function CollectedList({ policy, level }: { policy: Policy; level: 2 | 3 }) {
  return (
    <Stack gap="lg" className={classes.prose}>
      {collected(policy).map(({ title, items }) => (
        <div key={title}>
          <Title order={level} fz="md" mb={8}>
            {title}
          </Title>
          <ul className={classes.bullets}>
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </div>
      ))}
    </Stack>
  );
}
