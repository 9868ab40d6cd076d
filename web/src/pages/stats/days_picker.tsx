// SPDX-License-Identifier: Apache-2.0
// Days of the reader's own choice, beside the named ranges. The reader picks a first and a last day
// that both belong to it; the address and the API hold the half-open range.
import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import {
  addDays,
  checkPicked,
  dayIn,
  type Days,
  daysLabel,
  daysOf,
  namedDays,
  type PickedDays,
} from '../../api/days';
import type { View } from '../../api/view';
import { Icon } from '../../ui/icons';
import classes from './view_bar.module.css';

/** What the picker starts from: the days that are shown now, a month where that has no edge. */
function startFrom(range: View['range'], today: string): PickedDays {
  if (typeof range !== 'string') return { first: range.from, last: addDays(range.to, -1) };
  const back = { '24h': 1, '7d': 6, '30d': 29, '90d': 89, '12mo': 364, all: 29 }[range];
  return { first: addDays(today, -back), last: today };
}

type FormProps = { initial: PickedDays; today: string; tz: string; onPick: (days: Days) => void };

function DaysForm({ initial, today, tz, onPick }: FormProps) {
  const form = useForm<PickedDays>({
    initialValues: initial,
    validate: (picked) => checkPicked(picked, today),
  });
  const bounds = { type: 'date', size: 'xs', min: '1970-01-01', max: today, required: true };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (picked) => onPick(daysOf(picked)),
        (errors) => form.getInputNode(errors.first ? 'first' : 'last')?.focus(),
      )}
    >
      <Stack gap="sm">
        <div className={classes.named}>
          {namedDays(today).map(({ name, days }) => (
            <Button key={name} size="xs" variant="default" onClick={() => onPick(days)}>
              {name}
            </Button>
          ))}
        </div>
        <Group gap="sm" align="flex-start" wrap="nowrap">
          <TextInput
            label="First day"
            withAsterisk={false}
            data-autofocus
            w={150}
            {...bounds}
            {...form.getInputProps('first')}
          />
          <TextInput
            label="Last day"
            withAsterisk={false}
            w={150}
            {...bounds}
            {...form.getInputProps('last')}
          />
        </Group>
        <Group justify="space-between" gap="sm" wrap="nowrap">
          <Text size="xs" c="dimmed">
            Days begin at midnight in {tz}.
          </Text>
          <Button type="submit" size="xs" style={{ flexShrink: 0 }}>
            Show
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Props = { range: View['range']; tz: string; onPick: (days: Days) => void };

export function DaysPicker({ range, tz, onPick }: Props) {
  const [opened, open] = useDisclosure(false);
  const picked = typeof range !== 'string';
  const today = dayIn(tz, new Date());
  return (
    <Popover
      opened={opened}
      onChange={(wish) => (wish ? open.open() : open.close())}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <Button
          size="xs"
          variant={picked ? 'light' : 'default'}
          className={classes.days}
          leftSection={<Icon name="calendar" size={15} />}
          onClick={open.toggle}
          aria-label={picked ? `Days: ${daysLabel(range)}` : 'Choose days'}
        >
          {picked ? daysLabel(range) : 'Days'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Choose days" className={classes.daysForm}>
        <DaysForm
          initial={startFrom(range, today)}
          today={today}
          tz={tz}
          onPick={(days) => (open.close(), onPick(days))}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
