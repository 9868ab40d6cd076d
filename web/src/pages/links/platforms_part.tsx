// SPDX-License-Identifier: Apache-2.0
import { Fieldset, Stack, TextInput } from '@mantine/core';
import type { PartProps } from './link_parts';

const platforms = [
  {
    name: 'ios',
    legend: 'iPhone and iPad',
    url: 'myapp://summer or https://m.example.com',
    store: 'https://apps.apple.com/app/id123',
  },
  {
    name: 'android',
    legend: 'Android',
    url: 'myapp://summer or https://m.example.com',
    store: 'https://play.google.com/store/apps/details?id=com.example',
  },
] as const;

export function PlatformsPart({ form }: PartProps) {
  return (
    <Stack gap="sm">
      {platforms.map(({ name, legend, url, store }) => (
        <Fieldset key={name} legend={legend} p="sm">
          <Stack gap="xs">
            <TextInput
              label="Go to"
              placeholder={url}
              autoComplete="off"
              {...form.getInputProps(`${name}.url`)}
            />
            <TextInput
              label="Store, for those without the app"
              placeholder={store}
              autoComplete="off"
              {...form.getInputProps(`${name}.store_url`)}
            />
          </Stack>
        </Fieldset>
      ))}
    </Stack>
  );
}
