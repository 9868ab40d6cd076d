// SPDX-License-Identifier: Apache-2.0
// Links to choose from, searched by the server. What is chosen is kept as ids; their short
// addresses are asked for once, so that a form that is opened again shows names.
import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useLinkChoices } from '../../api/links';
import { bareUrl } from '../../ui/format';
import { linkQuestion } from './link_question';

type Choice = { value: string; label: string };

function useNames(ids: readonly string[]): Choice[] {
  const answers = useQueries({
    queries: ids.map((id) => linkQuestion(id)),
  });
  return ids.map((id, at) => {
    const link = answers[at]?.data;
    return { value: id, label: link ? bareUrl(link.short_url) : id };
  });
}

type Props = Omit<MultiSelectProps, 'data' | 'value' | 'onChange'> & {
  value?: string[];
  onChange?: (ids: string[]) => void;
};

export function LinkPicker({ value = [], onChange, ...rest }: Props) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const found = useLinkChoices({ limit: 20, ...(search ? { search } : {}) });
  const chosen = useNames(value);
  const data = [
    ...chosen,
    ...(found.data?.data ?? [])
      .filter(({ id }) => !value.includes(id))
      .map((link) => ({ value: link.id, label: bareUrl(link.short_url) })),
  ];
  return (
    <MultiSelect
      {...rest}
      data={data}
      value={value}
      {...(onChange ? { onChange } : {})}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched, in destinations and titles too.
      filter={({ options }) => options}
      hidePickedOptions
      nothingFoundMessage={found.isFetching ? 'Searching …' : 'No link matches'}
    />
  );
}
