// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, Group, Input, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLinksById } from '../../api/links_by_id';
import { Icon } from '../../ui/icons';
import { linkName, LinkSelect } from '../links/link_select';
import classes from './experiments.module.css';

const mostLinks = 10;

type Props = { ids: readonly string[]; onChange: (ids: string[]) => void; error: ReactNode };

/** The links that an experiment compares; the first is the control. */
export function LinkArms({ ids, onChange, error }: Props) {
  const links = useLinksById(ids);
  const name = (id: string) => {
    const link = links.get(id);
    return link ? linkName(link) : id;
  };
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        Counted: clicks of people ÷ impressions, in whole days of the reporting zone. Enter the
        impressions of every day on which the links are shown (Compare, “Impressions and costs”).
      </Text>
      {ids.length > 0 && (
        <ul className={classes.arms} aria-label="Links to compare">
          {ids.map((id, at) => (
            <li key={id} className={classes.arm}>
              <span className={classes.armName}>{name(id)}</span>
              <Group gap={4} wrap="nowrap">
                {at === 0 ? (
                  <Text size="xs" c="dimmed" px={8}>
                    Control
                  </Text>
                ) : (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => onChange([id, ...ids.filter((other) => other !== id)])}
                    aria-label={`Make ${name(id)} the control`}
                  >
                    Make control
                  </Button>
                )}
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={`Take ${name(id)} out`}
                  onClick={() => onChange(ids.filter((other) => other !== id))}
                >
                  <Icon name="close" size={14} />
                </ActionIcon>
              </Group>
            </li>
          ))}
        </ul>
      )}
      {ids.length < mostLinks && (
        <LinkSelect
          aria-label="Add a link"
          placeholder={ids.length === 0 ? 'Choose the control first' : 'Add a link'}
          value={null}
          without={ids}
          onPick={(id) => onChange([...ids, id])}
          error={!!error}
        />
      )}
      {error && <Input.Error>{error}</Input.Error>}
    </Stack>
  );
}
