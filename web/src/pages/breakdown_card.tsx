// SPDX-License-Identifier: Apache-2.0
// One card answers one kind of question ("where from?") by several dimensions, one at a time, so
// that a page asks the server four questions and not twenty. A row filters the whole page by its
// value.
import { Button, Modal, Skeleton, Stack, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useBreakdown } from '../api/stats';
import type { ApiDimension, StatsQuery } from '../api/types';
import { dimensionTitle } from '../ui/dimension_names';
import { EmptyState } from '../ui/empty_state';
import { ErrorPanel } from '../ui/error_panel';
import classes from './breakdown_card.module.css';
import { BreakdownTable, type Choose } from './breakdown_table';

const shortList = 8;
const longList = 200;

type RowsProps = {
  by: ApiDimension;
  query: StatsQuery;
  limit: number;
  choose?: Choose | undefined;
};

function Rows({ by, query, limit, choose }: RowsProps) {
  const answer = useBreakdown(by, query, limit);
  if (answer.data) {
    if (answer.data.rows.length === 0) {
      return (
        <EmptyState icon="chart" title="Nothing here yet">
          No clicks in this range match what is chosen above.
        </EmptyState>
      );
    }
    return <BreakdownTable data={answer.data} by={by} full={limit > shortList} choose={choose} />;
  }
  if (answer.error) {
    return <ErrorPanel compact error={answer.error} retry={() => void answer.refetch()} />;
  }
  return (
    <Stack gap={9} aria-busy="true" aria-label="Loading">
      {[92, 70, 55, 38, 24, 16].map((width) => (
        <Skeleton key={width} height={24} width={`${width}%`} radius={6} />
      ))}
    </Stack>
  );
}

type Props = {
  title: string;
  by: readonly [ApiDimension, ...ApiDimension[]];
  query: StatsQuery;
  choose?: Choose;
};

export function BreakdownCard({ title, by, query, choose }: Props) {
  const [chosen, setChosen] = useState<ApiDimension>(by[0]);
  const [all, showAll] = useDisclosure(false);
  const chooseAndClose: Choose | undefined =
    choose && ((dimension, value) => (showAll.close(), choose(dimension, value)));
  return (
    <section className={`tm-card ${classes.card}`} aria-label={title}>
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
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
      </header>
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
            <Rows by={dimension} query={query} limit={shortList} choose={choose} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Modal opened={all} onClose={showAll.close} title={dimensionTitle(chosen)} size="lg">
        <Rows by={chosen} query={query} limit={longList} choose={chooseAndClose} />
      </Modal>
    </section>
  );
}
