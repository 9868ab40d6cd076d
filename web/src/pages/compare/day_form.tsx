// SPDX-License-Identifier: Apache-2.0
// What a link was shown and cost on a day, and below it what was entered before. Amounts stay texts
// from the field to the server, so that no cent is rounded.
import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { dayIn, isDay } from '../../api/days';
import { useEnterFigures, useFigures, useRemoveFigures } from '../../api/figures';
import type { FigureEntries } from '../../api/figures';
import { usePatchSettings, useSettings } from '../../api/settings';
import { FormError } from '../../ui/form_error';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { money } from '../../ui/rates';
import { LinkSelect } from '../links/link_select';

export type DayValues = {
  link: string | null;
  day: string;
  impressions: number | string;
  cost: string;
  currency: string | null;
};

const amount = /^\d{1,12}([.,]\d{1,6})?$/;

/** What is wrong with the form, by field. */
export function checkDay(values: DayValues, hasCurrency: boolean) {
  const problems: Partial<Record<keyof DayValues, string>> = {};
  if (!values.link) problems.link = 'Choose a link';
  if (!isDay(values.day)) problems.day = 'Choose a day';
  if (values.impressions === '' && values.cost.trim() === '') {
    problems.impressions = 'Enter at least one of the two';
  }
  if (values.cost.trim() !== '' && !amount.test(values.cost.trim())) {
    problems.cost = 'An amount such as 12.50';
  } else if (values.cost.trim() !== '' && !hasCurrency && !values.currency) {
    problems.currency = 'Choose the currency of all costs';
  }
  return problems;
}

export function toEntries({ link, day, impressions, cost }: DayValues): FigureEntries {
  const of = { link_id: link ?? '', day };
  return {
    impressions: impressions === '' ? [] : [{ ...of, impressions: Number(impressions) }],
    costs: cost.trim() === '' ? [] : [{ ...of, amount: cost.trim().replace(',', '.') }],
  };
}

function Entered({ link, currency }: { link: string; currency: string | null }) {
  const figures = useFigures(link);
  const remove = useRemoveFigures(link);
  if (!figures.data || figures.data.length === 0) return null;
  return (
    <>
      {remove.error && <FormError error={remove.error} />}
      <Table fz="sm" className="tm-num">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Day</Table.Th>
            <Table.Th scope="col" ta="right">
              Impressions
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Cost
            </Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {figures.data.map((row) => (
            <Table.Tr key={row.day}>
              <Table.Th scope="row" fw={400}>
                {row.day}
              </Table.Th>
              <Table.Td ta="right">{count(row.impressions)}</Table.Td>
              <Table.Td ta="right">
                {money(row.cost === null ? null : Number(row.cost), currency)}
              </Table.Td>
              <Table.Td ta="right">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={`Remove what was entered for ${row.day}`}
                  onClick={() => remove.mutate(row)}
                >
                  <Icon name="trash" size={14} />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

export function DayForm({ initial }: { initial: string | null }) {
  const settings = useSettings();
  const patch = usePatchSettings();
  const enter = useEnterFigures();
  const [done, setDone] = useState('');
  const currency = settings.data?.currency ?? null;
  const zone = settings.data?.time_zone ?? 'UTC';
  const form = useForm<DayValues>({
    initialValues: {
      link: initial,
      day: dayIn(zone, new Date()),
      impressions: '',
      cost: '',
      currency: null,
    },
    validate: (values) => checkDay(values, currency !== null),
  });
  const submit = form.onSubmit(async (values) => {
    setDone('');
    try {
      if (values.cost.trim() !== '' && currency === null) {
        await patch.mutateAsync({ currency: values.currency });
      }
      await enter.mutateAsync(toEntries(values));
      setDone(`Entered for ${values.day}.`);
      form.setValues({ impressions: '', cost: '' });
    } catch {
      // Shown below, from the mutation that failed.
    }
  });
  const { link } = form.values;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {(patch.error ?? enter.error) && <FormError error={patch.error ?? enter.error} />}
        <LinkSelect
          label="Link"
          placeholder="Search links"
          value={link}
          onPick={(id) => form.setFieldValue('link', id)}
          error={form.errors.link}
          data-autofocus
        />
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <TextInput type="date" label="Day" {...form.getInputProps('day')} />
          <NumberInput
            label="Impressions"
            min={0}
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator
            hideControls
            {...form.getInputProps('impressions')}
          />
          <TextInput
            label={currency ? `Cost (${currency})` : 'Cost'}
            inputMode="decimal"
            autoComplete="off"
            {...form.getInputProps('cost')}
          />
        </Group>
        {settings.data && currency === null && form.values.cost.trim() !== '' && (
          <Select
            label="Currency"
            description="One for the whole workspace; it cannot change while there are costs."
            data={Intl.supportedValuesOf('currency')}
            searchable
            {...form.getInputProps('currency')}
          />
        )}
        <Group justify="space-between" gap="sm">
          <Text size="xs" c="dimmed" maw={330}>
            Days are those of {zone}. Entering a figure again replaces it.
          </Text>
          <Button type="submit" loading={enter.isPending || patch.isPending}>
            Enter
          </Button>
        </Group>
        <Text size="sm" role="status" c="var(--tm-good)">
          {done}
        </Text>
        {link && <Entered link={link} currency={currency} />}
      </Stack>
    </form>
  );
}
