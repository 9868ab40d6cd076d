// SPDX-License-Identifier: Apache-2.0
// Picks a link out of any number of them: the server searches, the list shows the first few.
import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useLinkChoices } from '../../api/links';
import { useLinksById } from '../../api/links_by_id';
import type { Link } from '../../api/types';
import { bareUrl } from '../../ui/format';
import { Icon } from '../../ui/icons';

const choices = 20;

export function linkName(link: Pick<Link, 'title' | 'short_url'>): string {
  return link.title || bareUrl(link.short_url);
}

function optionOf(link: Link) {
  const address = bareUrl(link.short_url);
  return { value: link.id, label: link.title ? `${link.title} – ${address}` : address };
}

type Props = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  /** Id of the link that is picked; null while none is, and always for a field that only adds. */
  value: string | null;
  onPick: (id: string) => void;
  /** Ids that cannot be picked (again). */
  without?: readonly string[];
};

export function LinkSelect({ value, onPick, without = [], ...rest }: Props) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const picked = useLinksById(value ? [value] : []).get(value ?? '');
  // The name of what is picked stands in the field, and must not be searched for.
  const asked = picked && search === optionOf(picked).label ? '' : search;
  const links = useLinkChoices({
    limit: choices,
    sort: '-created_at',
    ...(asked && { search: asked }),
  });
  const found = (links.data?.data ?? []).filter((link) => !without.includes(link.id));
  const all = picked && !found.some(({ id }) => id === picked.id) ? [picked, ...found] : found;
  return (
    <Select
      searchable
      selectFirstOptionOnChange
      leftSection={<Icon name="search" size={15} />}
      nothingFoundMessage={links.isPending ? 'Looking …' : 'No link matches'}
      {...rest}
      data={all.map(optionOf)}
      filter={({ options }) => options}
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        if (!id) return;
        onPick(id);
        if (value === null) setTyped('');
      }}
    />
  );
}
