// SPDX-License-Identifier: Apache-2.0
import { Button, Group } from '@mantine/core';

type Props = { submit: string; pending: boolean; onCancel: () => void };

export function FormButtons({ submit, pending, onCancel }: Props) {
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" loading={pending}>
        {submit}
      </Button>
    </Group>
  );
}
