// SPDX-License-Identifier: Apache-2.0
import { Button, Stack, Switch, Text, TextInput } from '@mantine/core';
import { Fields } from '../../ui/fields';
import { withScheme } from './link_checks';
import { finalUrl, utmOf } from './final_url';
import type { PartProps } from './link_parts';
import { utmNames } from './link_values';

const labels = {
  source: { label: 'Source', placeholder: 'newsletter' },
  medium: { label: 'Medium', placeholder: 'email' },
  campaign: { label: 'Campaign', placeholder: 'summer' },
  term: { label: 'Term', placeholder: '' },
  content: { label: 'Content', placeholder: 'header-button' },
};

/** The builder: tags, whether they go along, and the address that comes of it. */
export function UtmPart({ form }: PartProps) {
  const { values } = form;
  const address = withScheme(values.destination);
  const own = utmOf(address);
  const takeable = utmNames.filter((name) => own[name] && own[name] !== values.utm[name].trim());
  const isSet = utmNames.some((name) => values.utm[name].trim() !== '');
  return (
    <Stack gap="sm">
      {takeable.length > 0 && (
        <div>
          <Button
            size="xs"
            variant="light"
            onClick={() =>
              takeable.forEach((name) => form.setFieldValue(`utm.${name}`, own[name] ?? ''))
            }
          >
            Take them from the destination
          </Button>
        </div>
      )}
      <Fields>
        {utmNames.map((name) => (
          <TextInput
            key={name}
            autoComplete="off"
            {...labels[name]}
            {...form.getInputProps(`utm.${name}`)}
          />
        ))}
      </Fields>
      <Switch
        label="Send them on to the destination"
        description="With whatever else the short address was opened with. Tags that the destination has itself stay."
        {...form.getInputProps('passthrough', { type: 'checkbox' })}
      />
      {isSet && address && (
        <Text size="sm" role="status" style={{ overflowWrap: 'anywhere' }}>
          <Text span size="sm" c="dimmed">
            People arrive at{' '}
          </Text>
          {finalUrl(address, values)}
        </Text>
      )}
    </Stack>
  );
}
