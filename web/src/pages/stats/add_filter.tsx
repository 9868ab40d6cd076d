// SPDX-License-Identifier: Apache-2.0
// A filter by any dimension, also by one whose card is not open: choose what, then tick values out
// of those that there are under the other filters.
import {
  Button,
  Checkbox,
  Group,
  Popover,
  ScrollArea,
  Select,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { Filter } from '../../api/filter';
import { useBreakdown } from '../../api/stats';
import type { StatsQuery } from '../../api/types';
import { type Dimension, dimensions, type View, withFilter } from '../../api/view';
import { dimensionTitle, rowName } from '../../ui/dimension_names';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useShortcuts } from '../../ui/shortcuts';
import classes from './add_filter.module.css';

const mostValues = 300;
const mostShown = 60;
const none: Filter = { not: false, values: [] };

type ValuesProps = {
  by: Dimension;
  query: StatsQuery;
  filter: Filter;
  change: (filter: Filter | null) => void;
};

function Values({ by, query, filter, change }: ValuesProps) {
  const [search, setSearch] = useState('');
  const others = { ...query };
  delete others[by as keyof StatsQuery];
  const answer = useBreakdown(by, others, mostValues);
  const rows = (answer.data?.rows ?? []).filter((row) => row.value !== null);
  const wanted = search.trim().toLocaleLowerCase();
  const found = rows.filter((row) => rowName(by, row).toLocaleLowerCase().includes(wanted));
  const toggle = (value: string) => {
    const values = filter.values.includes(value)
      ? filter.values.filter((one) => one !== value)
      : [...filter.values, value];
    change(values.length > 0 ? { ...filter, values } : null);
  };
  return (
    <>
      <TextInput
        size="xs"
        aria-label={`Search in ${dimensionTitle(by)}`}
        placeholder="Search"
        data-autofocus
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ScrollArea.Autosize mah={230} type="auto" offsetScrollbars="present">
        {answer.data ? (
          <Stack gap={10} py={4} role="group" aria-label={dimensionTitle(by)}>
            {found.slice(0, mostShown).map((row) => (
              <Checkbox
                key={row.value}
                size="xs"
                checked={filter.values.includes(row.value ?? '')}
                onChange={() => toggle(row.value ?? '')}
                label={
                  <span className={classes.value}>
                    <span className={classes.name}>{rowName(by, row)}</span>
                    <span className="tm-num">{count(row.clicks)}</span>
                  </span>
                }
                classNames={{ labelWrapper: classes.label ?? '' }}
              />
            ))}
            {found.length === 0 && (
              <Text size="sm" c="dimmed">
                No clicks with such a value here.
              </Text>
            )}
          </Stack>
        ) : answer.error ? (
          <Text size="sm" c="var(--tm-bad)" role="alert">
            The values could not be read.
          </Text>
        ) : (
          <Skeleton height={120} />
        )}
      </ScrollArea.Autosize>
      {found.length > mostShown && (
        <Text size="xs" c="dimmed">
          The {mostShown} with most clicks. Search for the others.
        </Text>
      )}
    </>
  );
}

type Props = {
  view: View;
  query: StatsQuery;
  onChange: (view: View) => void;
  /** Dimensions that make no sense on this page. */
  without?: readonly Dimension[];
};

export function AddFilter({ view, query, onChange, without = [] }: Props) {
  const [opened, open] = useDisclosure(false);
  const [by, setBy] = useState<Dimension>('country');
  useShortcuts({ f: open.open });
  const filter = view.filters[by] ?? none;
  const choices = dimensions
    .filter((one) => !without.includes(one))
    .map((value) => ({ value, label: dimensionTitle(value) }));
  return (
    <Popover
      opened={opened}
      onChange={(wish) => (wish ? open.open() : open.close())}
      position="bottom-start"
      width={290}
      shadow="md"
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          fw={500}
          leftSection={<Icon name="filter" size={14} />}
          onClick={open.toggle}
          aria-keyshortcuts="f"
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filter" className={classes.form}>
        <Stack gap="xs">
          <Group gap={6} wrap="nowrap">
            <Select
              size="xs"
              flex={1}
              aria-label="Filter by"
              data={choices}
              value={by}
              onChange={(value) => setBy((value as Dimension | null) ?? by)}
              allowDeselect={false}
              searchable
              selectFirstOptionOnChange
              comboboxProps={{ withinPortal: false }}
            />
            <Button
              size="xs"
              variant="default"
              aria-pressed={filter.not}
              disabled={filter.values.length === 0}
              onClick={() => onChange(withFilter(view, by, { ...filter, not: !filter.not }))}
            >
              {filter.not ? 'is not' : 'is'}
            </Button>
          </Group>
          <Values
            key={by}
            by={by}
            query={query}
            filter={filter}
            change={(next) => onChange(withFilter(view, by, next))}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
