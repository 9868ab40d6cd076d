// SPDX-License-Identifier: Apache-2.0
// Name, end and the change worth finding: arms and start stay what they are, or the verdict would
// not be about what was tried.
import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { usePatchExperiment } from '../../api/experiments';
import { asApiError, placeError } from '../../api/problem';
import type { ExperimentPatch, ExperimentReport } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { localText, momentOf } from '../../ui/local_time';

type Values = { name: string; ends_at: string; least_effect: number | string };
const fields = ['name', 'ends_at', 'least_effect'] as const;

type Props = { report: ExperimentReport; opened: boolean; onClose: () => void };

function Body({ report, onClose }: Omit<Props, 'opened'>) {
  const patch = usePatchExperiment(report);
  const initial: Values = {
    name: report.name,
    ends_at: localText(report.ends_at),
    least_effect: Number((report.least_effect * 100).toFixed(4)),
  };
  const form = useForm<Values>({
    initialValues: initial,
    validate: {
      name: (value) => (value.trim() ? null : 'Name what is tried'),
      least_effect: (value) =>
        typeof value === 'number' && value >= 0.1 && value <= 1000
          ? null
          : 'Between 0.1 and 1000 %',
    },
  });
  const submit = form.onSubmit((values) => {
    const body: ExperimentPatch = {
      name: values.name.trim(),
      least_effect: Number(values.least_effect) / 100,
    };
    if (values.ends_at !== initial.ends_at) body.ends_at = momentOf(values.ends_at);
    patch.mutate(body, {
      onSuccess: onClose,
      onError: (thrown) => {
        const place = placeError(asApiError(thrown), fields);
        if (place) form.setFieldError(place.field, place.message);
      },
    });
  });
  const misplaced = patch.error && !placeError(asApiError(patch.error), fields);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {misplaced && <FormError error={patch.error} />}
        <TextInput label="Name" data-autofocus maxLength={200} {...form.getInputProps('name')} />
        <TextInput
          type="datetime-local"
          label="Ends"
          description="In this browser’s zone. Empty: when you end it."
          {...form.getInputProps('ends_at')}
        />
        <NumberInput
          label="Smallest change worth finding"
          description="Relative to the control’s rate."
          suffix=" %"
          hideControls
          {...form.getInputProps('least_effect')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={patch.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function EditExperimentDialog({ report, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Edit experiment">
      <Body report={report} onClose={onClose} />
    </Modal>
  );
}
