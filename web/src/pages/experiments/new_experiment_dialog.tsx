// SPDX-License-Identifier: Apache-2.0
// Begins an experiment. It starts now: a start chosen after a look at the clicks would make its
// verdict worthless, so there is no field for the past.
import {
  Button,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  Stack,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useLocation } from 'wouter';
import { useCreateExperiment } from '../../api/experiments';
import { asApiError, placeError } from '../../api/problem';
import type { ExperimentCreate } from '../../api/types';
import { FormError } from '../../ui/form_error';
import { LinkArms } from './link_arms';
import { VariantArms } from './variant_arms';

export type NewExperiment = {
  name: string;
  kind: 'links' | 'variants';
  link_ids: string[];
  link_id: string | null;
  control: string | null;
  least_effect: number | string;
};

const empty: NewExperiment = {
  name: '',
  kind: 'links',
  link_ids: [],
  link_id: null,
  control: null,
  least_effect: 10,
};
const fields = ['name', 'link_ids', 'link_id', 'control', 'least_effect'] as const;

/** What is wrong with the form, by field. */
export function checkExperiment(values: NewExperiment) {
  const problems: Partial<Record<(typeof fields)[number], string>> = {};
  const effect = values.least_effect;
  if (!values.name.trim()) problems.name = 'Name what is tried';
  if (values.kind === 'links' && values.link_ids.length < 2) {
    problems.link_ids = 'Choose at least two links';
  }
  if (values.kind === 'variants' && !values.link_id) problems.link_id = 'Choose a link';
  if (typeof effect !== 'number' || effect < 0.1 || effect > 1000) {
    problems.least_effect = 'Between 0.1 and 1000 %';
  }
  return problems;
}

export function toExperiment(values: NewExperiment): ExperimentCreate {
  const { name, kind, link_ids, link_id, control, least_effect } = values;
  return {
    name: name.trim(),
    least_effect: Number(least_effect) / 100,
    ...(kind === 'links' ? { link_ids } : {}),
    ...(kind === 'variants' && link_id ? { link_id, ...(control ? { control } : {}) } : {}),
  };
}

function Body({ onClose }: { onClose: () => void }) {
  const create = useCreateExperiment();
  const [, navigate] = useLocation();
  const form = useForm<NewExperiment>({ initialValues: empty, validate: checkExperiment });
  const { kind, link_ids, link_id, control } = form.values;
  const misplaced = create.error && !placeError(asApiError(create.error), fields);
  const submit = form.onSubmit((values) =>
    create.mutate(toExperiment(values), {
      onSuccess: ({ id }) => (onClose(), navigate(`/experiments/${id}`)),
      onError: (thrown) => {
        const place = placeError(asApiError(thrown), fields);
        if (place) form.setFieldError(place.field, place.message);
      },
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {misplaced && <FormError error={create.error} />}
        <TextInput
          label="Name"
          placeholder="Button or banner"
          data-autofocus
          autoComplete="off"
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <SegmentedControl
          aria-label="What is compared"
          data={[
            { value: 'links', label: 'Links' },
            { value: 'variants', label: 'Variants of one link' },
          ]}
          value={kind}
          onChange={(wish) => form.setFieldValue('kind', wish as NewExperiment['kind'])}
        />
        {kind === 'links' ? (
          <LinkArms
            ids={link_ids}
            onChange={(ids) => form.setFieldValue('link_ids', ids)}
            error={form.errors.link_ids}
          />
        ) : (
          <VariantArms
            link={link_id}
            control={control}
            onChange={(picked) => form.setValues({ link_id: picked.link, control: picked.control })}
            error={form.errors.link_id ?? form.errors.control}
          />
        )}
        <NumberInput
          label="Smallest change worth finding"
          description="Relative to the control’s rate. It decides how many are said to be needed, never the verdict."
          suffix=" %"
          hideControls
          w={260}
          maw="100%"
          {...form.getInputProps('least_effect')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Begin now
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Props = { opened: boolean; onClose: () => void };

export function NewExperimentDialog({ opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="New experiment" size="lg">
      <Body onClose={onClose} />
    </Modal>
  );
}
