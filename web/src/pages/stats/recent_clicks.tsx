// SPDX-License-Identifier: Apache-2.0
import {
  Badge,
  Box,
  Button,
  Center,
  ScrollArea,
  Skeleton,
  Table,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { useState } from 'react';
import { useClicks } from '../../api/stats';
import type { Click, StatsQuery } from '../../api/types';
import { valueName } from '../../ui/dimension_names';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import { time } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { kindOf, placeOf, softwareOf, sourceOf } from './click_words';
import { ClickFacts } from './click_facts';
import { clicksCsv } from './clicks_csv';
import { PanelHead } from './panel_head';
import classes from './recent_clicks.module.css';

const pageSize = 20;

function Row({ click, tz }: { click: Click; tz: string }) {
  const kind = kindOf(click);
  const software = softwareOf(click).join(' on ');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Table.Tr>
        <Table.Th scope="row" fw={400} className="tm-num" style={{ whiteSpace: 'nowrap' }}>
          <UnstyledButton
            className={classes.open}
            aria-expanded={open}
            title="Everything that is stored of it"
            onClick={() => setOpen(!open)}
          >
            <Icon name="right" size={13} />
            <time dateTime={click.time} title={`${time(click.time, 'full', tz)} (${tz})`}>
              {time(click.time, 'stamp', tz)}
            </time>
          </UnstyledButton>
        </Table.Th>
        <Table.Td>{placeOf(click)}</Table.Td>
        <Table.Td>{sourceOf(click)}</Table.Td>
        <Table.Td>
          {valueName('device', click.device)}
          {software && (
            <Text span size="sm" c="dimmed">
              {' '}
              · {software}
            </Text>
          )}
        </Table.Td>
        <Table.Td>
          {kind === null && !click.first ? (
            <Text span size="sm" c="dimmed">
              Again
            </Text>
          ) : (
            <Badge
              variant={kind === null ? 'light' : 'default'}
              size="sm"
              tt="none"
              title={click.traffic !== 'human' ? `Rule: ${click.reason}` : undefined}
            >
              {kind ?? 'Unique'}
            </Badge>
          )}
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={5}>
            <ClickFacts click={click} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

/** The single clicks behind the numbers, newest first. */
export function RecentClicks({ query, tz }: { query: StatsQuery; tz: string }) {
  const clicks = useClicks(query, pageSize);
  const rows = clicks.data?.pages.flatMap((page) => page.data);
  return (
    <section className="tm-card" aria-label="Recent clicks">
      <Box px="md" pt="md" pb={6}>
        <PanelHead
          title="Recent clicks"
          explain="recent"
          download={{ title: 'Recent clicks', table: rows ? clicksCsv(rows) : null, query }}
        />
      </Box>
      {rows ? (
        rows.length === 0 ? (
          <EmptyState icon="chart" title="No clicks in this range" />
        ) : (
          <ScrollArea type="auto" offsetScrollbars="x" viewportProps={{ tabIndex: 0 }}>
            <Table fz="sm" verticalSpacing={7} horizontalSpacing="md" miw={680}>
              <Table.Thead>
                <Table.Tr>
                  {['Time', 'Place', 'Came from', 'Device', 'Kind'].map((name) => (
                    <Table.Th key={name} scope="col" fw={500} fz="xs" c="dimmed">
                      {name}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((click) => (
                  <Row key={click.click_id} click={click} tz={tz} />
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea>
        )
      ) : clicks.error ? (
        <ErrorPanel compact error={clicks.error} retry={() => void clicks.refetch()} />
      ) : (
        <Skeleton height={160} m="md" w="auto" />
      )}
      {clicks.hasNextPage && (
        <Center p="sm">
          <Button
            variant="subtle"
            size="xs"
            loading={clicks.isFetchingNextPage}
            onClick={() => void clicks.fetchNextPage()}
          >
            Show more
          </Button>
        </Center>
      )}
    </section>
  );
}
