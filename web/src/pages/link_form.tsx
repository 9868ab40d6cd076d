// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Group,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  TagsInput,
  Autocomplete,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useState } from 'react';
import { asApiError, placeError } from '../api/problem';
import { FormError } from '../ui/form_error';
import { browserZone } from '../ui/time_zone';
import { channels } from './channels';
import { FormSection } from './form_section';
import { checkValues, linkFields, type LinkValues, scheduleNames, utmNames } from './link_values';

type Props = {
  initial: LinkValues;
  submitLabel: string;
  pending: boolean;
  error: unknown;
  /** Sends the values; `refuse` puts the server's refusal at its field. */
  onSubmit: (values: LinkValues, refuse: (error: unknown) => void) => void;
  onCancel: () => void;
};

const utmLabels = {
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
  term: 'Term',
  content: 'Content',
};

type PartProps = { form: UseFormReturnType<LinkValues>; opened: boolean; onToggle: () => void };

function UtmPart({ form, opened, onToggle }: PartProps) {
  return (
    <FormSection
      title="UTM tags"
      opened={opened}
      onToggle={onToggle}
      hint="Counted for clicks whose address carries no UTM tags of its own."
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {utmNames.map((name) => (
          <TextInput
            key={name}
            label={utmLabels[name]}
            autoComplete="off"
            {...form.getInputProps(`utm.${name}`)}
          />
        ))}
      </SimpleGrid>
    </FormSection>
  );
}

function SchedulePart({ form, opened, onToggle }: PartProps) {
  return (
    <FormSection
      title="Schedule"
      opened={opened}
      onToggle={onToggle}
      hint={`Times are in ${browserZone()}, this browser’s zone.`}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput label="Opens at" type="datetime-local" {...form.getInputProps('starts_at')} />
        <TextInput label="Closes at" type="datetime-local" {...form.getInputProps('expires_at')} />
      </SimpleGrid>
      <TextInput
        mt="sm"
        label="While it is not open, lead to"
        placeholder="A page that says so"
        type="url"
        autoComplete="off"
        {...form.getInputProps('fallback_url')}
      />
    </FormSection>
  );
}

type Section = 'utm' | 'schedule';

function sectionOf(field: string): Section | null {
  if (field.startsWith('utm.')) return 'utm';
  return (scheduleNames as readonly string[]).includes(field) ? 'schedule' : null;
}

/** The fields of a link, for creating and for editing. */
export function LinkForm({ initial, submitLabel, pending, error, onSubmit, onCancel }: Props) {
  const [opened, setOpened] = useState<Record<Section, boolean>>({
    utm: utmNames.some((name) => initial.utm[name] !== ''),
    schedule: scheduleNames.some((name) => initial[name] !== ''),
  });
  const [wanted, want] = useState<{ field: string } | null>(null);
  const form = useForm<LinkValues>({
    initialValues: initial,
    validate: (values) => ({ ...checkValues(values), ...halfTyped() }),
  });
  const misplaced = error ? !placeError(asApiError(error), linkFields) : false;

  // A browser reports a moment that lacks its day or its time as empty; it must not pass as "none".
  function halfTyped(): Record<string, string> {
    const isHalf = (name: string) => {
      const node = form.getInputNode(name);
      return node instanceof HTMLInputElement && node.validity.badInput;
    };
    const half = ['starts_at', 'expires_at'].filter(isHalf);
    return Object.fromEntries(half.map((name) => [name, 'Give the day and the time']));
  }

  const toggle = (section: Section) => setOpened((now) => ({ ...now, [section]: !now[section] }));

  // The field may be in a closed section: it is there to be focused once that is drawn.
  const show = (field: string) => {
    const section = sectionOf(field);
    if (section) setOpened((now) => ({ ...now, [section]: true }));
    want({ field });
  };
  useEffect(() => {
    if (wanted) form.getInputNode(wanted.field)?.focus();
  }, [wanted]);

  const refuse = (thrown: unknown) => {
    const place = placeError(asApiError(thrown), linkFields);
    if (!place) return;
    form.setFieldError(place.field, place.message);
    show(place.field);
  };

  return (
    <form
      onSubmit={form.onSubmit(
        (values) => onSubmit(values, refuse),
        (problems) => {
          const first = linkFields.find((field) => problems[field]);
          if (first) show(first);
        },
      )}
      noValidate
    >
      <Stack gap="md">
        {misplaced && <FormError error={error} />}
        <TextInput
          label="Destination"
          placeholder="https://example.com/summer-sale"
          type="url"
          required
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('destination')}
        />
        <div>
          <Text size="sm" fw={500} id="slug-label">
            Short address
          </Text>
          <Text size="xs" c="dimmed" mb={6}>
            Leave both empty for a random one.
          </Text>
          <Group gap={8} align="flex-start" wrap="nowrap" role="group" aria-labelledby="slug-label">
            <TextInput
              aria-label="First part"
              placeholder="promo"
              leftSection={<Text c="dimmed">/</Text>}
              autoComplete="off"
              flex={1}
              {...form.getInputProps('prefix')}
            />
            <TextInput
              aria-label="Second part (optional)"
              placeholder="summer-sale"
              leftSection={<Text c="dimmed">/</Text>}
              autoComplete="off"
              flex={1}
              {...form.getInputProps('token')}
            />
          </Group>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <TextInput label="Title" autoComplete="off" {...form.getInputProps('title')} />
          <TagsInput
            label="Tags"
            placeholder={form.values.tags.length === 0 ? 'Type and press Enter' : ''}
            acceptValueOnBlur
            {...form.getInputProps('tags')}
          />
          <TextInput label="Campaign" autoComplete="off" {...form.getInputProps('campaign')} />
          <Autocomplete
            label="Channel"
            placeholder="Found from each click"
            data={channels}
            {...form.getInputProps('channel')}
          />
        </SimpleGrid>
        <UtmPart form={form} opened={opened.utm} onToggle={() => toggle('utm')} />
        <SchedulePart form={form} opened={opened.schedule} onToggle={() => toggle('schedule')} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
