// SPDX-License-Identifier: Apache-2.0
import { Checkbox, NumberInput, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { dimensionTitle } from '../../ui/dimension_names';
import { Fields } from '../../ui/fields';
import { FormError } from '../../ui/form_error';
import { isMisplaced, refuse } from '../../ui/refusal';
import { FormSection } from './form_section';
import { BucketFields } from './bucket_fields';
import { checkExport, exportFields, type ExportValues } from './export_values';
import { exportText, formats, intervals, periods } from './export_words';
import { FilterFields } from './filter_fields';
import { filterErrors, filterFieldsOf, filterNames } from './filter_rows';
import { FormButtons } from './form_buttons';
import type { FormProps } from './item_forms';

type Form = UseFormReturnType<ExportValues>;

const dimensionChoices = filterNames.map((name) => ({ value: name, label: dimensionTitle(name) }));

function Holds({ form }: { form: Form }) {
  const { holds, period } = form.values;
  return (
    <>
      <Radio.Group label="A file holds" {...form.getInputProps('holds')}>
        <Stack gap={8} mt={6}>
          <Radio value="clicks" label="Every click" description="One row each, all its columns." />
          <Radio value="by" label="Counts by something" description="Say, by link or country." />
          <Radio value="interval" label="Counts over time" description="Say, hour by hour." />
        </Stack>
      </Radio.Group>
      {holds === 'by' && (
        <Select
          label="By"
          data={dimensionChoices}
          searchable
          allowDeselect={false}
          {...form.getInputProps('by')}
        />
      )}
      {holds === 'interval' && (
        <Select
          label="A row for each"
          data={intervals.filter(
            ({ value }) => value !== 'minute' || ['hourly', 'daily'].includes(period),
          )}
          allowDeselect={false}
          {...form.getInputProps('interval')}
        />
      )}
    </>
  );
}

function More({ form, isNew }: { form: Form; isNew: boolean }) {
  return (
    <Stack gap="md">
      <Select
        label="Clicks of"
        allowDeselect={false}
        data={[
          { value: 'human', label: 'People' },
          { value: 'bot', label: 'Bots' },
          { value: 'all', label: 'People and bots' },
        ]}
        {...form.getInputProps('traffic')}
      />
      <FilterFields
        rows={form.values.filters}
        onChange={(rows) => form.setFieldValue('filters', rows)}
        errors={filterErrors(form.errors)}
      />
      <NumberInput
        label="Files to keep"
        description="The newest; older ones are removed."
        min={1}
        max={1000}
        allowDecimal={false}
        {...form.getInputProps('keep')}
      />
      {form.values.format === 'csv' && (
        <Checkbox
          label="Leave cells that look like formulas as they are"
          description="Otherwise they get an apostrophe in front, so that a spreadsheet does not run what a stranger wrote."
          {...form.getInputProps('raw', { type: 'checkbox' })}
        />
      )}
      {isNew && (
        <TextInput
          label="Begin with the period of"
          description="Empty: the last one that is over. Of the past, the newest 31 are written (of hours, 744)."
          type="date"
          {...form.getInputProps('from')}
        />
      )}
    </Stack>
  );
}

const unasked = ['traffic', 'keep', 'raw', 'from'];

/** The fields of a scheduled export, for making and for changing one. */
export function ExportForm({
  initial,
  isNew,
  pending,
  error,
  onSubmit,
  onCancel,
}: FormProps<ExportValues>) {
  const [detailed, setDetailed] = useState(!isNew);
  const form = useForm<ExportValues>({ initialValues: initial, validate: checkExport });
  const { values } = form;
  const fields = [...exportFields, ...filterFieldsOf(values.filters)];
  const refused = (thrown: unknown) => {
    const field = refuse(form, fields, thrown);
    if (field?.startsWith('filters') || unasked.includes(field ?? '')) setDetailed(true);
  };
  const missing = (problems: Record<string, unknown>) => {
    if (unasked.some((field) => problems[field])) setDetailed(true);
  };
  const shape = {
    ...values,
    by: values.holds === 'by' ? values.by : null,
    interval: values.holds === 'interval' ? values.interval : null,
    filters: Object.fromEntries(values.filters.map(({ name, value }) => [name, value])),
  };
  return (
    <form onSubmit={form.onSubmit((sent) => onSubmit(sent, refused), missing)} noValidate>
      <Stack gap="md">
        {(isMisplaced(error, fields) || form.errors.filters) && <FormError error={error} />}
        <TextInput
          label="Name"
          placeholder="Clicks for the warehouse"
          data-autofocus
          autoComplete="off"
          maxLength={200}
          {...form.getInputProps('name')}
        />
        {isNew && (
          <Fields>
            <Select
              label="A file for"
              data={periods}
              allowDeselect={false}
              {...form.getInputProps('period')}
            />
            <Select
              label="Format"
              data={formats}
              allowDeselect={false}
              {...form.getInputProps('format')}
            />
          </Fields>
        )}
        <Holds form={form} />
        <FormSection
          title="Which clicks, and how many files"
          opened={detailed}
          onToggle={() => setDetailed(!detailed)}
          hint="Clicks of people, and the newest 30 files, unless you say otherwise."
        >
          <More form={form} isNew={isNew} />
        </FormSection>
        <BucketFields form={form} hasSecret={initial.bucket.on} />
        <Text size="sm" c="dimmed">
          {exportText(shape)}.
        </Text>
        <FormButtons
          submit={isNew ? 'Make export' : 'Save'}
          pending={pending}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  );
}
