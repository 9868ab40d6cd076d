// SPDX-License-Identifier: Apache-2.0
import {
  Group,
  NumberInput,
  Radio,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { FormError } from '../../ui/form_error';
import { isMisplaced, refuse } from '../../ui/refusal';
import { FormSection } from './form_section';
import { alertFields, type AlertValues, checkAlert } from './alert_values';
import { kinds, platformName } from './alert_words';
import { FilterFields } from './filter_fields';
import { filterErrors, filterFieldsOf } from './filter_rows';
import { FormButtons } from './form_buttons';
import type { FormProps } from './item_forms';

type Form = UseFormReturnType<AlertValues>;

const intervals = [
  { value: 'hour', label: 'Each hour' },
  { value: 'day', label: 'Each day' },
];

function KindFields({ form }: { form: Form }) {
  const { what } = form.values;
  const interval = (
    <Select
      label="Judged"
      description="When it is over, in the zone of reports."
      allowDeselect={false}
      data={intervals}
      {...form.getInputProps('interval')}
    />
  );
  if (what === 'no_clicks')
    return (
      <NumberInput
        label="Silent for"
        description="Hours without a click of a person, up to 744."
        suffix=" h"
        min={1}
        max={744}
        allowDecimal={false}
        {...form.getInputProps('hours')}
      />
    );
  if (what === 'threshold')
    return (
      <>
        <Group gap="sm" align="flex-end" grow>
          <Select
            label="Alert at"
            allowDeselect={false}
            data={[
              { value: 'at_least', label: 'At least' },
              { value: 'below', label: 'Fewer than' },
            ]}
            {...form.getInputProps('bound')}
          />
          <NumberInput
            label="So many"
            min={1}
            allowDecimal={false}
            thousandSeparator=" "
            {...form.getInputProps('value')}
          />
          <Select
            label="Of"
            allowDeselect={false}
            data={[
              { value: 'clicks', label: 'clicks' },
              { value: 'conversions', label: 'conversions' },
            ]}
            {...form.getInputProps('measure')}
          />
        </Group>
        {interval}
      </>
    );
  if (what === 'bots_share')
    return (
      <>
        <NumberInput
          label="Share of bots from"
          suffix=" %"
          min={0}
          max={100}
          {...form.getInputProps('percent')}
          error={form.errors.percent ?? form.errors.value}
        />
        {interval}
      </>
    );
  if (what === 'drop')
    return (
      <>
        <Select
          label="Platform"
          allowDeselect={false}
          data={[
            { value: '', label: 'Any of them' },
            ...['ios', 'android', 'desktop', 'other'].map((value) => ({
              value,
              label: platformName(value),
            })),
          ]}
          {...form.getInputProps('platform')}
        />
        {interval}
      </>
    );
  return interval;
}

/** The fields of an alert, for making and for changing one. */
export function AlertForm({
  initial,
  isNew,
  pending,
  error,
  onSubmit,
  onCancel,
}: FormProps<AlertValues>) {
  const [filtering, setFiltering] = useState(initial.filters.length > 0);
  const form = useForm<AlertValues>({ initialValues: initial, validate: checkAlert });
  const fields = [...alertFields, ...filterFieldsOf(form.values.filters)];
  const refused = (thrown: unknown) => {
    if (refuse(form, fields, thrown)?.startsWith('filters')) setFiltering(true);
  };
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(values, refused))} noValidate>
      <Stack gap="md">
        {(isMisplaced(error, fields) || form.errors.filters) && <FormError error={error} />}
        <TextInput
          label="Name"
          description="The subject of its mails."
          placeholder="Spring sale goes viral"
          data-autofocus
          autoComplete="off"
          maxLength={200}
          {...form.getInputProps('name')}
        />
        {isNew ? (
          <Radio.Group label="Tell me about" {...form.getInputProps('what')}>
            <Stack gap={10} mt={6}>
              {kinds.map((kind) => (
                <Radio key={kind.value} {...kind} />
              ))}
            </Stack>
          </Radio.Group>
        ) : (
          <Text size="sm">
            Watches for: <b>{kinds.find(({ value }) => value === initial.what)?.label}</b>. That
            stays; for another kind, make another alert.
          </Text>
        )}
        <KindFields form={form} />
        <FormSection
          title="Which clicks"
          opened={filtering}
          onToggle={() => setFiltering(!filtering)}
          hint="Clicks are those of people."
        >
          <FilterFields
            rows={form.values.filters}
            onChange={(rows) => form.setFieldValue('filters', rows)}
            errors={filterErrors(form.errors)}
          />
        </FormSection>
        <TagsInput
          label="Mail to"
          description="Webhooks that ask for alerts are told as well. Nobody here: only they, and this page."
          placeholder={form.values.recipients.length === 0 ? 'ada@example.com, then Enter' : ''}
          acceptValueOnBlur
          {...form.getInputProps('recipients')}
        />
        <NumberInput
          label="Then keep quiet for"
          description="After a firing that was told of, others are only written down."
          suffix=" min"
          min={0}
          max={44640}
          allowDecimal={false}
          {...form.getInputProps('quiet_minutes')}
        />
        <FormButtons submit={isNew ? 'Make alert' : 'Save'} pending={pending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
