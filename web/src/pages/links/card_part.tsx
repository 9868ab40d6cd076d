// SPDX-License-Identifier: Apache-2.0
import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { bareUrl } from '../../ui/format';
import { withScheme } from './link_checks';
import classes from './link_form.module.css';
import type { PartProps } from './link_parts';

/**
 * The card that preview fetchers are shown. Its picture is named, not loaded: the console asks
 * nobody but its own server.
 */
export function CardPart({ form }: PartProps) {
  const { title, description, image_url } = form.values.og;
  const image = withScheme(image_url);
  return (
    <Stack gap="sm">
      <TextInput
        label="Card title"
        autoComplete="off"
        maxLength={1000}
        {...form.getInputProps('og.title')}
      />
      <Textarea
        label="Card text"
        autosize
        minRows={2}
        maxRows={5}
        maxLength={1000}
        {...form.getInputProps('og.description')}
      />
      <TextInput
        label="Picture"
        placeholder="https://example.com/card.png"
        type="url"
        autoComplete="off"
        {...form.getInputProps('og.image_url')}
      />
      {(title || description || image) && (
        <figure className={classes.card} aria-label="How the card will look">
          {image && <div className={classes.cardImage}>Picture from {bareUrl(image)}</div>}
          <div className={classes.cardText}>
            <Text fw={600} size="sm" lineClamp={2}>
              {title || 'No title'}
            </Text>
            <Text size="xs" c="dimmed" lineClamp={3}>
              {description}
            </Text>
          </div>
        </figure>
      )}
    </Stack>
  );
}
