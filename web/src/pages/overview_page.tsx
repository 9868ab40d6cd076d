// SPDX-License-Identifier: Apache-2.0
import { Kbd, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { EmptyState } from '../ui/empty_state';
import { StatsPanels } from './stats/stats_panels';

/** All links of the workspace together. */
export default function OverviewPage() {
  useDocumentTitle('Overview · Tallymark');
  return (
    <Stack gap="md">
      <Title order={1}>Overview</Title>
      <StatsPanels
        empty={
          <EmptyState icon="chart" title="No clicks yet">
            Press <Kbd size="xs">c</Kbd> to create a link, then open its short address: the click is
            here within a second.
          </EmptyState>
        }
      />
    </Stack>
  );
}
