// SPDX-License-Identifier: Apache-2.0
import {
  Checkbox,
  Code,
  PasswordInput,
  Radio,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import type { Webhook } from '../../api/types';
import { Fields } from '../../ui/fields';
import { FormError } from '../../ui/form_error';
import { isMisplaced, refuse } from '../../ui/refusal';
import { FormSection } from './form_section';
import { FormButtons } from './form_buttons';
import type { FormProps } from './item_forms';
import { LinkPicker } from './link_picker';
import { checkWebhook, webhookFields, type WebhookValues } from './webhook_values';
import { eventWords, filterWords, formatNames, tools } from './webhook_words';

type Form = UseFormReturnType<WebhookValues>;

function WhereTo({ form, isNew }: { form: Form; isNew: boolean }) {
  const { format } = form.values;
  const tool = format === 'standard' ? null : tools[format];
  return (
    <>
      {isNew && (
        <Select
          label="Who receives it"
          data={Object.entries(formatNames).map(([value, label]) => ({ value, label }))}
          allowDeselect={false}
          {...form.getInputProps('format')}
          onChange={(value) => {
            const next = (value ?? 'standard') as Webhook['format'];
            form.setValues({ format: next, mode: next === 'standard' ? 'single' : 'batch' });
          }}
        />
      )}
      <TextInput
        label="Name"
        placeholder={tool ? 'Product analytics' : 'Order system'}
        data-autofocus
        autoComplete="off"
        maxLength={200}
        {...form.getInputProps('name')}
      />
      {tool && (
        <PasswordInput
          label={tool.key}
          description={
            isNew ? 'Sent with each request and shown nowhere.' : 'Empty: the key stays as it is.'
          }
          autoComplete="off"
          {...form.getInputProps('api_key')}
        />
      )}
      <TextInput
        label="URL"
        description={
          tool && (
            <>
              Empty: <Code fz="xs">{tool.url}</Code>. For data that stay in Europe:{' '}
              <Code fz="xs">{tool.europe}</Code>
            </>
          )
        }
        placeholder={tool ? tool.url : 'https://hooks.example.com/tallymark'}
        type="url"
        autoComplete="off"
        {...form.getInputProps('url')}
      />
      {tool === null && (
        <Checkbox.Group label="When" {...form.getInputProps('events')}>
          <Fields>
            {eventWords.map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Fields>
        </Checkbox.Group>
      )}
    </>
  );
}

function WhichClicks({ form }: { form: Form }) {
  return (
    <Stack gap="sm">
      <LinkPicker
        label="Only these links"
        placeholder={form.values.filter.links.length === 0 ? 'All links' : ''}
        {...form.getInputProps('filter.links')}
      />
      <TagsInput
        label="Only these campaigns"
        placeholder={
          form.values.filter.campaigns.length === 0 ? 'All: type one and press Enter' : ''
        }
        acceptValueOnBlur
        {...form.getInputProps('filter.campaigns')}
      />
      <Select
        label="Clicks of"
        allowDeselect={false}
        data={[
          { value: 'human', label: 'People' },
          { value: 'bot', label: 'Bots' },
          { value: 'all', label: 'People and bots' },
        ]}
        {...form.getInputProps('filter.traffic')}
      />
    </Stack>
  );
}

function HowSent({ form, isNew }: { form: Form; isNew: boolean }) {
  return (
    <Stack gap="md">
      <Radio.Group label="Requests" {...form.getInputProps('mode')}>
        <Stack gap={8} mt={6}>
          <Radio value="single" label="One for each event" />
          <Radio
            value="batch"
            label="One for up to 500 events"
            description="For receivers that are slow to begin, and for a lot of clicks."
          />
        </Stack>
      </Radio.Group>
      {isNew && form.values.format === 'standard' && (
        <Radio.Group label="Signature" {...form.getInputProps('signature')}>
          <Stack gap={8} mt={6}>
            <Radio
              value="hmac"
              label="Shared secret (HMAC-SHA256)"
              description="Checked by those who know the secret. What most libraries expect."
            />
            <Radio
              value="ed25519"
              label="Key pair (Ed25519)"
              description="Checked by everybody who has the public key; a receiver holds no secret."
            />
          </Stack>
        </Radio.Group>
      )}
      <Radio.Group
        label="The clicker’s IP address"
        description="Whoever receives addresses answers for them."
        {...form.getInputProps('ip')}
      >
        <Stack gap={8} mt={6}>
          <Radio value="none" label="Not told" />
          <Radio value="truncated" label="Its network only" description="IPv4 /24, IPv6 /48" />
          <Radio value="full" label="All of it" />
        </Stack>
      </Radio.Group>
    </Stack>
  );
}

const sentFields = ['mode', 'signature', 'ip'];

/** The fields of a webhook, for making and for changing one. */
export function WebhookForm({
  initial,
  isNew,
  pending,
  error,
  onSubmit,
  onCancel,
}: FormProps<WebhookValues>) {
  const [filtering, setFiltering] = useState(filterWords(initial.filter) !== 'Clicks of people');
  const [detailed, setDetailed] = useState(!isNew);
  const form = useForm<WebhookValues>({
    initialValues: initial,
    validate: (values) => checkWebhook(values, isNew),
  });
  const refused = (thrown: unknown) => {
    const field = refuse(form, webhookFields, thrown);
    if (field?.startsWith('filter.')) setFiltering(true);
    if (field && sentFields.includes(field)) setDetailed(true);
  };
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(values, refused))} noValidate>
      <Stack gap="md">
        {isMisplaced(error, webhookFields) && <FormError error={error} />}
        <WhereTo form={form} isNew={isNew} />
        <FormSection
          title="Which clicks"
          opened={filtering}
          onToggle={() => setFiltering(!filtering)}
          hint="Of clicks and conversions; other events are always told of."
        >
          <WhichClicks form={form} />
        </FormSection>
        <FormSection
          title="How it is sent"
          opened={detailed}
          onToggle={() => setDetailed(!detailed)}
          hint="What is there suits most receivers."
        >
          <HowSent form={form} isNew={isNew} />
        </FormSection>
        <FormButtons
          submit={isNew ? 'Make webhook' : 'Save'}
          pending={pending}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  );
}
