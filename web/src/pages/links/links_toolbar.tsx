// SPDX-License-Identifier: Apache-2.0
import { Autocomplete, Button, Group, Kbd, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { isNarrowed, type ListView, newestFirst, orders, states } from './links_query';
import classes from './links_toolbar.module.css';

type Props = {
  view: ListView;
  onView: (view: ListView) => void;
  /** Tags and campaigns of the links that are loaded, to choose from. */
  tags: string[];
  campaigns: string[];
  /** How many links there are, or match; undefined while that is being counted. */
  total: number | undefined;
  /** The search field is to have the focus. */
  focus: boolean;
};

function SearchField({ view, onView, focus }: Pick<Props, 'view' | 'onView' | 'focus'>) {
  const [typed, setTyped] = useState(view.q);
  const field = useRef<HTMLInputElement>(null);
  const search = useDebouncedCallback((q: string) => onView({ ...view, q: q.trim() }), 250);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);
  const type = (text: string) => {
    setTyped(text);
    search(text);
  };
  useEffect(() => {
    if (view.q === '') setTyped((now) => (now.trim() === '' ? now : ''));
  }, [view.q]);
  return (
    <TextInput
      id="search"
      ref={field}
      type="search"
      aria-label="Search links"
      placeholder="Search links"
      leftSection={<Icon name="search" size={16} />}
      rightSection={
        typed ? null : (
          <Kbd size="xs" aria-hidden="true">
            /
          </Kbd>
        )
      }
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (typed) type('');
        else event.currentTarget.blur();
      }}
      flex="1 1 260px"
    />
  );
}

type WordProps = { label: string; value: string; data: string[]; onPick: (word: string) => void };

/** A word to filter by, from those that are known or typed and sent with Enter. */
function WordFilter({ label, value, data, onPick }: WordProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <Autocomplete
      aria-label={label}
      placeholder={label}
      data={data}
      limit={30}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={onPick}
      onBlur={() => typed.trim() !== value && onPick(typed.trim())}
      onKeyDown={(event) => event.key === 'Enter' && onPick(typed.trim())}
      clearable
      onClear={() => onPick('')}
      className={classes.word}
      miw={116}
    />
  );
}

/** How many links the list has, all pages together. */
function totalText(total: number, narrowed: boolean): string {
  const links = `${count(total)} ${total === 1 ? 'link' : 'links'}`;
  return narrowed ? `${links} ${total === 1 ? 'matches' : 'match'}` : links;
}

/** Search, filters and order of the list, and how many links that is. */
export function LinksToolbar({ view, onView, tags, campaigns, total, focus }: Props) {
  return (
    <Group gap="xs">
      <SearchField view={view} onView={onView} focus={focus} />
      <WordFilter
        label="Tag"
        value={view.tag}
        data={tags}
        onPick={(tag) => onView({ ...view, tag })}
      />
      <WordFilter
        label="Campaign"
        value={view.campaign}
        data={campaigns}
        onPick={(campaign) => onView({ ...view, campaign })}
      />
      <Select
        aria-label="State"
        data={states}
        value={view.state}
        onChange={(state) => onView({ ...view, state: state ?? '' })}
        allowDeselect={false}
        className={classes.state}
        miw={128}
      />
      <Select
        aria-label="Order"
        data={orders}
        value={view.sort}
        onChange={(sort) => onView({ ...view, sort: sort ?? newestFirst })}
        allowDeselect={false}
        className={classes.order}
        miw={150}
      />
      {isNarrowed(view) && (
        <Button
          variant="subtle"
          px="xs"
          onClick={() => onView({ q: '', tag: '', campaign: '', state: '', sort: view.sort })}
        >
          Show all
        </Button>
      )}
      <Text role="status" size="sm" c="dimmed" ml="auto" className="tm-num">
        {total === undefined ? '' : totalText(total, isNarrowed(view))}
      </Text>
    </Group>
  );
}
