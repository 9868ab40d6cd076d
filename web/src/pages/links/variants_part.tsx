// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { share } from '../../ui/format';
import { Icon } from '../../ui/icons';
import classes from './link_form.module.css';
import type { PartProps } from './link_parts';
import { newKey, type VariantValues } from './rule_values';

/** A first name that none of them has: a, b, c, … */
function freeName(variants: readonly VariantValues[]): string {
  const taken = new Set(variants.map(({ name }) => name.trim()));
  return [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !taken.has(letter)) ?? '';
}

export function VariantsPart({ form }: PartProps) {
  const { variants, destination } = form.values;
  const total = variants.reduce((sum, { weight }) => sum + Number(weight), 0);
  const add = () => {
    const added = [...variants];
    // Two to begin with: one alone tests nothing. The first is what the link does today.
    if (added.length === 0) added.push({ key: newKey(), name: 'a', weight: 1, destination });
    added.push({ key: newKey(), name: freeName(added), weight: 1, destination: '' });
    form.setFieldValue('variants', added);
  };
  return (
    <Stack gap="sm">
      {variants.map(({ key, name, weight }, index) => (
        <div key={key} className={classes.variant} role="group" aria-label={`Variant ${name}`}>
          <TextInput
            aria-label="Name"
            maxLength={64}
            autoComplete="off"
            {...form.getInputProps(`variants.${index}.name`)}
          />
          <NumberInput
            aria-label="Weight"
            min={1}
            max={10_000}
            allowDecimal={false}
            {...form.getInputProps(`variants.${index}.weight`)}
          />
          <TextInput
            aria-label="Goes to"
            placeholder="https://example.com/other-page"
            autoComplete="off"
            {...form.getInputProps(`variants.${index}.destination`)}
          />
          <span className={`tm-num ${classes.share}`} title="Its share">
            {total > 0 ? share(Number(weight) / total) : '–'}
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            mt={4}
            aria-label={`Remove variant ${name}`}
            onClick={() => form.removeListItem('variants', index)}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        </div>
      ))}
      {form.errors.variants && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {form.errors.variants}
        </Text>
      )}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          onClick={add}
          disabled={variants.length >= 20}
        >
          {variants.length === 0 ? 'Split between two pages' : 'Add a variant'}
        </Button>
        {variants.length > 0 && (
          <Text size="xs" c="dimmed">
            Name, weight, address. Nobody goes to the destination above meanwhile.
          </Text>
        )}
      </Group>
    </Stack>
  );
}
