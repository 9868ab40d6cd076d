// SPDX-License-Identifier: Apache-2.0
// How long clicks are kept. A shorter time deletes within minutes and for good, so it is asked
// about; a longer one brings nothing back and is saved as it is.
import { Button, Group, NumberInput, Radio, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { usePatchSettings } from '../../api/settings';
import type { Settings } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { count, time } from '../../ui/format';
import { isMisplaced, refuse } from '../../ui/refusal';
import { ConfirmDialog } from '../../ui/confirm_dialog';
import { shortens } from './retention';

const fields = ['retention_days'] as const;

type Values = { forever: 'yes' | 'no'; retention_days: number | string };

export function RetentionForm({ settings }: { settings: Settings }) {
  const before = settings.retention_days;
  const patch = usePatchSettings();
  const [asking, ask] = useDisclosure(false);
  const form = useForm<Values>({
    initialValues: { forever: before === null ? 'yes' : 'no', retention_days: before ?? 400 },
    validate: {
      retention_days: (value, { forever }) =>
        forever === 'no' && value === '' ? 'How many days?' : null,
    },
  });
  const wish = form.values.forever === 'yes' ? null : Number(form.values.retention_days);
  const save = () => {
    ask.close();
    patch.mutate(
      { retention_days: wish },
      {
        onError: (thrown) => refuse(form, fields, thrown),
        onSuccess: () => {
          form.resetDirty();
          notifications.show({
            title: 'Saved',
            message:
              wish === null ? 'Clicks are kept.' : `Clicks are kept for ${count(wish)} days.`,
            color: 'pine',
          });
        },
      },
    );
  };
  const submit = form.onSubmit(() => (shortens(before, wish) ? ask.open() : save()));
  const oldest = new Date(Date.now() - (wish ?? 0) * 86_400_000).toISOString();
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {isMisplaced(patch.error, fields) && <FormError error={patch.error} />}
        <Radio.Group label="Clicks are kept" {...form.getInputProps('forever')}>
          <Stack gap={10}>
            <Radio value="yes" label="For ever" />
            <Radio
              value="no"
              label="For so many days"
              description="What is older is deleted each night after midnight UTC: clicks, their conversions, every count of them, and export files that hold them."
            />
          </Stack>
        </Radio.Group>
        {form.values.forever === 'no' && (
          <NumberInput
            label="Days"
            maw={200}
            min={1}
            max={36525}
            allowDecimal={false}
            {...form.getInputProps('retention_days')}
          />
        )}
        <Group>
          <Button type="submit" loading={patch.isPending} disabled={wish === before}>
            Save
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        opened={asking}
        onClose={ask.close}
        title="Delete what is older?"
        verb="Delete and save"
        keep="Keep it as it is"
        pending={patch.isPending}
        error={null}
        onConfirm={save}
      >
        Clicks from before <b>{time(oldest, 'day', 'UTC')}</b> are deleted within minutes, with
        every count of them. They do not come back with a longer time.
      </ConfirmDialog>
    </form>
  );
}
