// SPDX-License-Identifier: Apache-2.0
import { Chip, Group, MultiSelect, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { countries, languages } from '../../ui/code_names';
import { valueName } from '../../ui/dimension_names';
import { browserZone, zoneChoices } from '../../ui/time_zone';
import type { LinkFormReturn } from './link_form';
import { weekdayName } from './link_words';
import type { Condition, ConditionKind } from './rule_values';

export const conditionNames: Record<ConditionKind, string> = {
  country: 'Country',
  platform: 'Platform',
  device: 'Device',
  language: 'Language',
  region: 'Region',
  time: 'Time',
  query: 'Parameter',
};

const platforms = ['ios', 'android', 'desktop', 'other'];
const devices = ['mobile', 'tablet', 'desktop', 'tv', 'console', 'wearable', 'other'];
const weekdays = ['1', '2', '3', '4', '5', '6', '7'];

function choices(kind: ConditionKind) {
  if (kind === 'country') return countries();
  if (kind === 'language') return languages();
  const named = (dimension: 'platform' | 'device', values: string[]) =>
    values.map((value) => ({ value, label: valueName(dimension, value) }));
  return kind === 'platform' ? named('platform', platforms) : named('device', devices);
}

type Props = { form: LinkFormReturn; path: string; condition: Condition };

function ListField({ form, path, condition }: Props) {
  const { kind, values } = condition;
  const data = useMemo(() => choices(kind), [kind]);
  return (
    <MultiSelect
      aria-label={conditionNames[kind]}
      placeholder={values.length === 0 ? 'Any of …' : ''}
      data={data}
      searchable
      hidePickedOptions
      selectFirstOptionOnChange
      limit={300}
      {...form.getInputProps(`${path}.values`)}
    />
  );
}

function TimeField({ form, path, condition }: Props) {
  const zones = useMemo(() => zoneChoices(browserZone()), []);
  const until = condition.to === '24:00' ? '' : condition.to;
  return (
    <Stack gap={6}>
      <Chip.Group multiple {...form.getInputProps(`${path}.weekdays`)}>
        <Group gap={4} role="group" aria-label="Days; none for all">
          {weekdays.map((day) => (
            <Chip key={day} value={day} size="xs">
              {weekdayName(day)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group gap={6} align="flex-start">
        <TextInput type="time" aria-label="From" w={130} {...form.getInputProps(`${path}.from`)} />
        <TextInput
          type="time"
          aria-label="To; empty for midnight"
          w={130}
          {...form.getInputProps(`${path}.to`)}
          value={until}
        />
        <Select
          aria-label="Time zone"
          data={zones}
          searchable
          allowDeselect={false}
          limit={100}
          flex="1 1 150px"
          {...form.getInputProps(`${path}.tz`)}
        />
      </Group>
    </Stack>
  );
}

function QueryField({ form, path }: Props) {
  return (
    <Group gap={6} align="flex-start">
      <TextInput
        aria-label="Name of the parameter"
        placeholder="utm_source"
        autoComplete="off"
        flex="1 1 110px"
        {...form.getInputProps(`${path}.name`)}
      />
      <TextInput
        aria-label="Its value; empty for any"
        placeholder="any value"
        autoComplete="off"
        flex="1 1 110px"
        {...form.getInputProps(`${path}.value`)}
      />
    </Group>
  );
}

/** The field of one condition. */
export function ConditionField(props: Props) {
  const { form, path, condition } = props;
  if (condition.kind === 'time') return <TimeField {...props} />;
  if (condition.kind === 'query') return <QueryField {...props} />;
  if (condition.kind !== 'region') return <ListField {...props} />;
  return (
    <TagsInput
      aria-label={conditionNames.region}
      placeholder={condition.values.length === 0 ? 'As clicks name it: BY, Bavaria' : ''}
      acceptValueOnBlur
      {...form.getInputProps(`${path}.values`)}
    />
  );
}
