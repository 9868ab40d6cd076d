// SPDX-License-Identifier: Apache-2.0
// One card answers one kind of question ("where from?") by several dimensions, one at a time, so
// that a page asks the server four questions and not twenty. A row filters the whole page by its
// value.
import { Button, Modal, Skeleton, Stack, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useBreakdown } from '../../api/stats';
import type { ApiDimension, StatsQuery } from '../../api/types';
import { dimensionTitle } from '../../ui/dimension_names';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import type { Explained } from '../../ui/explanations';
import classes from './breakdown_card.module.css';
import { breakdownCsv } from './breakdown_csv';
import { BreakdownTable, type RowFilters } from './breakdown_table';
import { PanelHead } from './panel_head';

const shortList = 8;
const longList = 200;

type RowsProps = {
  by: ApiDimension;
  query: StatsQuery;
  limit: number;
  filters?: RowFilters | undefined;
};

function Rows({ by, query, limit, filters }: RowsProps) {
  const answer = useBreakdown(by, query, limit);
  if (answer.data) {
    if (answer.data.rows.length === 0) {
      return (
        <EmptyState icon="chart" title="Nothing here yet">
          No clicks in this range match what is chosen above.
        </EmptyState>
      );
    }
    return <BreakdownTable data={answer.data} by={by} full={limit > shortList} filters={filters} />;
  }
  if (answer.error) {
    return <ErrorPanel compact error={answer.error} retry={() => void answer.refetch()} />;
  }
  return (
    <Stack gap={9} role="status" aria-busy="true" aria-label="Loading">
      {[92, 70, 55, 38, 24, 16].map((width) => (
        <Skeleton key={width} height={24} width={`${width}%`} radius={6} />
      ))}
    </Stack>
  );
}

type Props = {
  title: string;
  explain: Explained;
  by: readonly [ApiDimension, ...ApiDimension[]];
  query: StatsQuery;
  filters: RowFilters;
};

export function BreakdownCard({ title, explain, by, query, filters }: Props) {
  const [chosen, setChosen] = useState<ApiDimension>(by[0]);
  const [all, showAll] = useDisclosure(false);
  const shown = useBreakdown(chosen, query, shortList);
  const closing: RowFilters = {
    ...filters,
    only: (dimension, value) => (showAll.close(), filters.only(dimension, value)),
    exclude: (dimension, value) => (showAll.close(), filters.exclude(dimension, value)),
  };
  return (
    <section className={`tm-card ${classes.card}`} aria-label={title}>
      <PanelHead
        title={title}
        explain={explain}
        download={{
          title: `Clicks by ${dimensionTitle(chosen)}`,
          table: shown.data ? breakdownCsv(shown.data) : null,
          query,
          all: { by: chosen },
        }}
      >
        <Button
          variant="subtle"
          color="gray"
          c="dimmed"
          size="compact-xs"
          fw={500}
          onClick={showAll.open}
          aria-label={`${dimensionTitle(chosen)}: show all`}
        >
          Show all
        </Button>
      </PanelHead>
      <Tabs
        value={chosen}
        onChange={(value) => setChosen((value as ApiDimension | null) ?? by[0])}
        keepMounted={false}
        variant="none"
        classNames={{ list: classes.tabs ?? '', tab: classes.tab ?? '' }}
      >
        <Tabs.List aria-label={`${title}, by`}>
          {by.map((dimension) => (
            <Tabs.Tab key={dimension} value={dimension}>
              {dimensionTitle(dimension)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {by.map((dimension) => (
          <Tabs.Panel key={dimension} value={dimension} className={classes.panel}>
            <Rows by={dimension} query={query} limit={shortList} filters={filters} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Modal opened={all} onClose={showAll.close} title={dimensionTitle(chosen)} size="lg">
        <Rows by={chosen} query={query} limit={longList} filters={closing} />
      </Modal>
    </section>
  );
}
