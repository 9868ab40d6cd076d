// SPDX-License-Identifier: Apache-2.0
// Makes the first admin. Possible once, and only with the token of the address that `tallymark
// serve` printed, so that a stranger who finds the console first cannot take it.
import { Button, Code, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDocumentTitle } from '@mantine/hooks';
import { useSearchParams } from 'wouter';
import { asApiError, placeError } from '../api/problem';
import { useSetup } from '../api/session';
import { FormError } from '../ui/form_error';
import { GateCard } from './links/gate_card';

const fields = ['token', 'email', 'password'] as const;
const shortestPassword = 10;

export function SetupPage() {
  useDocumentTitle('Set up · Tallymark');
  const [params] = useSearchParams();
  const given = params.get('token') ?? '';
  const setup = useSetup();
  const form = useForm({
    initialValues: { token: given, email: '', password: '', again: '' },
    validate: {
      token: (value) => (value.trim() ? null : 'Paste the token of the set-up address'),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : 'Enter an email address'),
      password: (value) =>
        value.length >= shortestPassword ? null : `Use at least ${shortestPassword} characters`,
      again: (value, values) => (value === values.password ? null : 'The passwords differ'),
    },
  });
  const misplaced = setup.error && !placeError(asApiError(setup.error), fields);

  const submit = form.onSubmit(({ token, email, password }) =>
    setup.mutate(
      { token: token.trim(), email: email.trim(), password },
      {
        onError: (error) => {
          const place = placeError(asApiError(error), fields);
          if (place) form.setFieldError(place.field, place.message);
        },
      },
    ),
  );

  return (
    <GateCard
      title="Welcome"
      intro={
        given
          ? 'Make the first admin of this Tallymark. You can create your first link right after.'
          : 'Open the set-up address that the server printed at its start, or paste its token here.'
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {misplaced && <FormError error={setup.error} />}
          {(!given || form.errors.token) && (
            <TextInput
              label="Set-up token"
              description={
                <>
                  The part after <Code fz="xs">/setup?token=</Code>
                </>
              }
              autoComplete="off"
              {...form.getInputProps('token')}
            />
          )}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            autoFocus={given !== ''}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description={`At least ${shortestPassword} characters`}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <PasswordInput
            label="Password again"
            autoComplete="new-password"
            {...form.getInputProps('again')}
          />
          <Button type="submit" loading={setup.isPending} fullWidth>
            Create the admin
          </Button>
        </Stack>
      </form>
    </GateCard>
  );
}
