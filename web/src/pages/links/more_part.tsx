// SPDX-License-Identifier: Apache-2.0
import { Select, Stack, Switch } from '@mantine/core';
import type { PartProps } from './link_parts';

const statuses = [
  { value: '302', label: '302: every click comes to us (usual)' },
  { value: '307', label: '307: browsers may repeat it by themselves' },
  { value: '301', label: '301: permanent, browsers remember it' },
];

export function MorePart({ form }: PartProps) {
  return (
    <Stack gap="md">
      <Switch
        label="Pass parameters on"
        description="What the short address is opened with goes on to the destination, with the UTM tags of this link."
        {...form.getInputProps('passthrough', { type: 'checkbox' })}
      />
      <Switch
        label="Append the click id"
        description="As tm_cid, so that the destination can tell of a conversion. {click_id} inside an address does the same."
        {...form.getInputProps('append_click_id', { type: 'checkbox' })}
      />
      <Switch
        label="Show a page in between"
        description="For a moment, to learn the size of the screen."
        {...form.getInputProps('landing', { type: 'checkbox' })}
      />
      <Switch
        label="Record as little as possible"
        description="Of a click only time, link and outcome are kept: no place, no device, no uniques."
        checked={form.values.privacy === 'do_not_record'}
        onChange={(event) =>
          form.setFieldValue('privacy', event.currentTarget.checked ? 'do_not_record' : 'standard')
        }
      />
      <Select
        label="Kind of redirect"
        data={statuses}
        allowDeselect={false}
        description={
          form.values.status === '302'
            ? undefined
            : 'Clicks that browsers repeat from memory are not counted.'
        }
        {...form.getInputProps('status')}
      />
    </Stack>
  );
}
