// SPDX-License-Identifier: Apache-2.0
// Chooses what is laid side by side: first what kind of thing, then which of them. The first one is
// what the others are held against.
import {
  Anchor,
  Group,
  SegmentedControl,
  Select,
  Text,
  Tooltip,
  UnstyledButton,
} from '@mantine/core';
import { Link } from 'wouter';
import { mostValues, type Subject } from '../../api/compare';
import { useBreakdown } from '../../api/stats';
import type { StatsQuery } from '../../api/types';
import { rowName } from '../../ui/dimension_names';
import { Icon } from '../../ui/icons';
import { LinkSelect } from '../links/link_select';
import classes from './compare.module.css';
import type { Choice } from './compare_view';
import type { Column } from './columns';

const kinds: { value: Subject; label: string }[] = [
  { value: 'link', label: 'Links' },
  { value: 'campaign', label: 'Campaigns' },
  { value: 'channel', label: 'Channels' },
  { value: 'variant', label: 'Variants' },
];
const offered = 200;

type AddProps = {
  choice: Choice;
  taken: readonly string[];
  query: StatsQuery;
  add: (v: string) => void;
};

function AddValue({ choice, taken, query, add }: AddProps) {
  const by = choice.by;
  const answer = useBreakdown(by, query, offered, { enabled: by !== 'link' });
  if (by === 'link') {
    return (
      <LinkSelect
        size="xs"
        aria-label="Add a link"
        placeholder="Add a link"
        value={null}
        without={taken}
        onPick={add}
        w={230}
      />
    );
  }
  const rows = (answer.data?.rows ?? []).filter(
    (row) => row.kind === 'value' && row.value && !taken.includes(row.value),
  );
  return (
    <Select
      size="xs"
      aria-label={`Add a ${by}`}
      placeholder={`Add a ${by}`}
      leftSection={<Icon name="plus" size={14} />}
      data={rows.map((row) => ({ value: row.value ?? '', label: rowName(by, row) }))}
      value={null}
      onChange={(value) => value && add(value)}
      searchable
      nothingFoundMessage="Nothing more in this range"
      w={210}
    />
  );
}

type Props = {
  choice: Choice;
  columns: readonly Column[];
  query: StatsQuery;
  choose: (choice: Choice) => void;
};

export function Picker({ choice, columns, query, choose }: Props) {
  const values = columns.map(({ value }) => value);
  const set = (next: readonly string[]) => choose({ ...choice, values: next });
  const needsLink = choice.by === 'variant' && !choice.of;
  return (
    <section className={`tm-card ${classes.picker}`} aria-label="What to compare">
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="What to compare"
          data={kinds}
          value={choice.by}
          onChange={(by) => choose({ by: by as Subject, values: [], of: null })}
        />
        {choice.by === 'variant' && (
          <LinkSelect
            size="xs"
            aria-label="Link with variants"
            placeholder="Choose a link with variants"
            value={choice.of}
            onPick={(of) => choose({ ...choice, of, values: [] })}
            w={300}
            maw="100%"
          />
        )}
      </Group>
      {!needsLink && (
        <Group gap={8} mt="sm">
          <ul className={classes.chosen} aria-label="Compared">
            {columns.map(({ value, name, colour }, at) => (
              <li key={value} className={classes.chip}>
                <span className={classes.dot} style={{ background: colour }} aria-hidden="true" />
                <span className={classes.chipName}>{name}</span>
                {at > 0 && (
                  <Tooltip label="Hold the others against this one">
                    <UnstyledButton
                      className={classes.chipButton}
                      aria-label={`Put ${name} first`}
                      onClick={() => set([value, ...values.filter((other) => other !== value)])}
                    >
                      <Icon name="left" size={14} />
                    </UnstyledButton>
                  </Tooltip>
                )}
                <UnstyledButton
                  className={classes.chipButton}
                  aria-label={`Take ${name} out`}
                  onClick={() => set(values.filter((other) => other !== value))}
                >
                  <Icon name="close" size={14} />
                </UnstyledButton>
              </li>
            ))}
          </ul>
          {values.length < mostValues && choice.by !== 'variant' && (
            <AddValue
              choice={choice}
              taken={values}
              query={query}
              add={(value) => set([...values, value])}
            />
          )}
        </Group>
      )}
      {choice.by === 'variant' && (
        <Text size="xs" c="dimmed" mt="xs">
          To know which variant is better, make an{' '}
          <Anchor component={Link} href="/experiments" size="xs">
            experiment
          </Anchor>
          : its verdict holds however often you look.
        </Text>
      )}
    </section>
  );
}
