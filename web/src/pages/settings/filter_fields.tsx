// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { dimensionTitle } from '../../ui/dimension_names';
import { Icon } from '../../ui/icons';
import { filterNames, type FilterRow } from './filter_rows';
import { LinkPicker } from './link_picker';
import classes from './settings.module.css';

type Props = {
  rows: FilterRow[];
  onChange: (rows: FilterRow[]) => void;
  /** What the server refused, by the filter's name. */
  errors: Record<string, string>;
};

const choices = filterNames.map((name) => ({ value: name, label: dimensionTitle(name) }));

function ValueField({
  row,
  error,
  onChange,
}: {
  row: FilterRow;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const title = dimensionTitle(row.name as (typeof filterNames)[number]);
  if (row.name === 'link') {
    return (
      <LinkPicker
        aria-label="Links"
        placeholder={row.value ? '' : 'Search links'}
        value={row.value ? row.value.split(',') : []}
        onChange={(ids) => onChange(ids.join(','))}
        error={error}
      />
    );
  }
  return (
    <TextInput
      aria-label={`${title} is`}
      placeholder={row.name === 'country' ? 'DE,AT' : 'Value'}
      autoComplete="off"
      value={row.value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}

/** Which clicks are meant: every row has to hold. */
export function FilterFields({ rows, onChange, errors }: Props) {
  const change = (at: number, patch: Partial<FilterRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...patch } : row)));
  const used = rows.map(({ name }) => name);
  const free = choices.find(({ value }) => !used.includes(value))?.value ?? '';
  return (
    <Stack gap="xs" role="group" aria-label="Only clicks of">
      <div>
        <Text size="sm" fw={500}>
          Only clicks of
        </Text>
        <Text size="xs" c="dimmed">
          {rows.length === 0
            ? 'All links and everybody. Narrow it down with a filter.'
            : 'Several values with commas: DE,AT. All but: !DE. Every line has to hold.'}
        </Text>
      </div>
      {rows.map((row, at) => (
        <div key={at} className={classes.filterRow}>
          <Select
            aria-label="Filter by"
            data={choices.filter(({ value }) => value === row.name || !used.includes(value))}
            value={row.name}
            allowDeselect={false}
            searchable
            onChange={(name) => change(at, { name: name ?? '', value: '' })}
          />
          <div className={classes.filterValue}>
            <ValueField
              row={row}
              error={errors[row.name]}
              onChange={(value) => change(at, { value })}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={`Remove the filter ${row.name}`}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        </div>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange([...rows, { name: free, value: '' }])}
          disabled={!free}
        >
          Add a filter
        </Button>
      </Group>
    </Stack>
  );
}
