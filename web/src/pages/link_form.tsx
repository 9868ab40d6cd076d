// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Collapse,
  Group,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  TagsInput,
  UnstyledButton,
  Autocomplete,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { asApiError, placeError } from '../api/problem';
import { FormError } from '../ui/form_error';
import { Icon } from '../ui/icons';
import { channels } from './channels';
import { checkValues, linkFields, type LinkValues, utmNames } from './link_values';

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

/** The fields of a link, for creating and for editing. */
export function LinkForm({ initial, submitLabel, pending, error, onSubmit, onCancel }: Props) {
  const form = useForm<LinkValues>({ initialValues: initial, validate: checkValues });
  const hasUtm = utmNames.some((name) => initial.utm[name] !== '');
  const [utmOpen, utm] = useDisclosure(hasUtm);
  const misplaced = error ? !placeError(asApiError(error), linkFields) : false;

  const refuse = (thrown: unknown) => {
    const place = placeError(asApiError(thrown), linkFields);
    if (!place) return;
    if (place.field.startsWith('utm.')) utm.open();
    form.setFieldError(place.field, place.message);
    form.getInputNode(place.field)?.focus();
  };

  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(values, refuse))} noValidate>
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
        <div>
          <UnstyledButton
            onClick={utm.toggle}
            aria-expanded={utmOpen}
            fz="sm"
            c="var(--mantine-color-anchor)"
          >
            <Group gap={4}>
              <Icon name={utmOpen ? 'close' : 'plus'} size={14} />
              {utmOpen ? 'Hide UTM tags' : 'UTM tags'}
            </Group>
          </UnstyledButton>
          <Collapse expanded={utmOpen}>
            <Text size="xs" c="dimmed" mt={4} mb="xs">
              Counted for clicks whose address carries no UTM tags of its own.
            </Text>
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
          </Collapse>
        </div>
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
