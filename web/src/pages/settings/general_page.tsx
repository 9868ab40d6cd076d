// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { usePatchSettings, useSettings } from '../../api/settings';
import type { Settings } from '../../api/types';
import { ErrorPanel } from '../../ui/error_panel';
import { FormError } from '../../ui/form_error';
import { isMisplaced, refuse } from '../../ui/refusal';
import { browserZone, zoneChoices } from '../../ui/time_zone';
import { currencyChoices } from './currencies';
import { RowsPlaceholder } from './list_rows';
import { Page } from './page';
import { Section } from './section';

const fields = ['name', 'time_zone', 'currency'] as const;

function GeneralForm({ settings }: { settings: Settings }) {
  const patch = usePatchSettings();
  const form = useForm({
    initialValues: {
      name: settings.name,
      time_zone: settings.time_zone,
      currency: settings.currency,
    },
    validate: { name: (value) => (value.trim() ? null : 'Give it a name') },
  });
  const submit = form.onSubmit((values) => {
    const wish = { ...values, name: values.name.trim() };
    patch.mutate(wish, {
      onError: (thrown) => refuse(form, fields, thrown),
      onSuccess: () => {
        form.resetDirty();
        notifications.show({ title: 'Saved', message: wish.name, color: 'pine' });
      },
    });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={460}>
        {isMisplaced(patch.error, fields) && <FormError error={patch.error} />}
        <TextInput
          label="Name"
          description="What this workspace is called: in the menu at the top, and in mails."
          autoComplete="off"
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <Select
          label="Time zone of reports"
          description="Where days begin for costs, impressions, alerts and scheduled exports. Charts follow each reader’s own zone."
          data={[...new Set([settings.time_zone, ...zoneChoices(browserZone())])]}
          searchable
          allowDeselect={false}
          nothingFoundMessage="No such zone"
          {...form.getInputProps('time_zone')}
        />
        <Select
          label="Currency"
          description="Of costs and of what conversions are worth. It stays once there are any."
          data={currencyChoices(settings.currency)}
          placeholder="None yet"
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'No currency' }}
          nothingFoundMessage="No such currency"
          {...form.getInputProps('currency')}
        />
        <Group>
          <Button type="submit" loading={patch.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Name, zone and currency of the workspace. */
export default function GeneralPage() {
  const settings = useSettings();
  return (
    <Page title="General">
      <Section title="Workspace" padded>
        {settings.data ? (
          <GeneralForm settings={settings.data} />
        ) : settings.error ? (
          <ErrorPanel error={settings.error} retry={() => void settings.refetch()} compact />
        ) : (
          <RowsPlaceholder />
        )}
      </Section>
    </Page>
  );
}
