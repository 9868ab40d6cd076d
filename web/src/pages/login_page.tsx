// SPDX-License-Identifier: Apache-2.0
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDocumentTitle } from '@mantine/hooks';
import { useLogin } from '../api/session';
import { FormError } from '../ui/form_error';
import { GateCard } from './links/gate_card';

export function LoginPage() {
  useDocumentTitle('Log in · Tallymark');
  const login = useLogin();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() ? null : 'Enter your email address'),
      password: (value) => (value ? null : 'Enter your password'),
    },
  });
  const submit = form.onSubmit(({ email, password }) =>
    login.mutate({ email: email.trim(), password }),
  );

  return (
    <GateCard title="Log in" intro="To see your links and their clicks.">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {login.error && <FormError error={login.error} />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            data-autofocus
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={login.isPending} fullWidth>
            Log in
          </Button>
        </Stack>
      </form>
    </GateCard>
  );
}
