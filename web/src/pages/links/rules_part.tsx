// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, Group, Menu, Stack, Text, TextInput } from '@mantine/core';
import { Icon } from '../../ui/icons';
import classes from './link_form.module.css';
import type { PartProps } from './link_parts';
import { ConditionField, conditionNames } from './rule_condition';
import { conditionKinds, newCondition, newKey } from './rule_values';

type RuleProps = PartProps & { index: number };

function Rule({ form, index }: RuleProps) {
  const { rules } = form.values;
  const conditions = rules[index]?.conditions ?? [];
  const free = conditionKinds.filter((kind) => !conditions.some((one) => one.kind === kind));
  const at = `rules.${index}`;
  const problem = form.errors[`${at}.conditions`];
  const move = (to: number) => form.reorderListItem('rules', { from: index, to });
  return (
    <div className={classes.block} role="group" aria-label={`Rule ${index + 1}`}>
      <Group justify="space-between" gap={4} mb={6}>
        <Text size="sm" fw={550}>
          {index + 1}. If {conditions.length > 1 && 'all of this holds'}
        </Text>
        <Group gap={2}>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={index === 0}
            aria-label={`Move rule ${index + 1} up`}
            onClick={() => move(index - 1)}
          >
            <Icon name="up" size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={index === rules.length - 1}
            aria-label={`Move rule ${index + 1} down`}
            onClick={() => move(index + 1)}
          >
            <Icon name="down" size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove rule ${index + 1}`}
            onClick={() => form.removeListItem('rules', index)}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        </Group>
      </Group>
      <Stack gap="xs">
        {conditions.map((condition, place) => (
          <div key={condition.kind} className={classes.condition}>
            <span className={classes.conditionName}>{conditionNames[condition.kind]}</span>
            <ConditionField form={form} path={`${at}.conditions.${place}`} condition={condition} />
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={4}
              aria-label={`Remove the condition ${conditionNames[condition.kind]}`}
              onClick={() => form.removeListItem(`${at}.conditions`, place)}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
          </div>
        ))}
        {problem && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        )}
        {free.length > 0 && (
          <Menu position="bottom-start" shadow="md" withinPortal>
            <Menu.Target>
              <Button
                size="compact-sm"
                variant="subtle"
                w="fit-content"
                leftSection={<Icon name="plus" size={14} />}
              >
                {conditions.length === 0 ? 'Choose a condition' : 'And'}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {free.map((kind) => (
                <Menu.Item
                  key={kind}
                  onClick={() => form.insertListItem(`${at}.conditions`, newCondition(kind))}
                >
                  {conditionNames[kind]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        <TextInput
          label="go to"
          placeholder="https://example.com/de"
          autoComplete="off"
          {...form.getInputProps(`${at}.destination`)}
        />
      </Stack>
    </div>
  );
}

export function RulesPart({ form }: PartProps) {
  const { rules } = form.values;
  return (
    <Stack gap="sm">
      {rules.map(({ key }, index) => (
        <Rule key={key} form={form} index={index} />
      ))}
      {form.errors.rules && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {form.errors.rules}
        </Text>
      )}
      <Button
        size="xs"
        variant="default"
        w="fit-content"
        leftSection={<Icon name="plus" size={14} />}
        disabled={rules.length >= 50}
        onClick={() =>
          form.insertListItem('rules', {
            key: newKey(),
            conditions: [newCondition('country')],
            destination: '',
          })
        }
      >
        Add a rule
      </Button>
    </Stack>
  );
}
