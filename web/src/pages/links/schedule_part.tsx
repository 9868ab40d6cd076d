// SPDX-License-Identifier: Apache-2.0
import { NumberInput, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Fields } from '../../ui/fields';
import type { PartProps } from './link_parts';
import { keptPassword } from './link_values';

/** When the link is open, for how many clicks, and where people go while it is not. */
export function SchedulePart({ form }: PartProps) {
  return (
    <Stack gap="sm">
      <Fields>
        <TextInput label="Opens at" type="datetime-local" {...form.getInputProps('starts_at')} />
        <TextInput label="Closes at" type="datetime-local" {...form.getInputProps('expires_at')} />
      </Fields>
      <NumberInput
        label="Closes after clicks"
        description="By people, since the link was created"
        placeholder="No limit"
        min={1}
        max={1_000_000_000}
        allowDecimal={false}
        thousandSeparator
        {...form.getInputProps('click_limit')}
      />
      <TextInput
        label="While it is not open, lead to"
        placeholder="A page that says so"
        type="url"
        autoComplete="off"
        {...form.getInputProps('fallback_url')}
      />
    </Stack>
  );
}

export function PasswordPart({ form }: PartProps) {
  const { password } = form.values;
  const [wasSet] = useState(password === keptPassword);
  const off = wasSet ? keptPassword : '';
  return (
    <Stack gap="sm">
      <Switch
        label="Ask for a password"
        checked={password !== null}
        onChange={(event) =>
          form.setFieldValue('password', event.currentTarget.checked ? off : null)
        }
      />
      {password !== null && (
        <PasswordInput
          label={wasSet ? 'New password' : 'Password to open it'}
          description={wasSet ? 'Empty: the one that is set stays.' : undefined}
          autoComplete="new-password"
          maxLength={256}
          value={password === keptPassword ? '' : password}
          onChange={(event) => form.setFieldValue('password', event.currentTarget.value || off)}
          error={form.errors.password}
          data-path="password"
        />
      )}
    </Stack>
  );
}
