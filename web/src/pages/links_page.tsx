// SPDX-License-Identifier: Apache-2.0
// All links of the workspace: searched, sorted and paged by the server. Search and order live in
// the address; the way back through the pages is a stack of cursors, since a cursor only leads
// forward.
import { Button, Group, Kbd, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useDocumentTitle } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useLinks } from '../api/links';
import { pace, useBreakdown } from '../api/stats';
import type { Link, LinksQuery } from '../api/types';
import { defaultView, statsQuery } from '../api/view';
import { EmptyState } from '../ui/empty_state';
import { ErrorPanel } from '../ui/error_panel';
import { Icon } from '../ui/icons';
import { useTimeZone } from '../ui/time_zone';
import { LinkRow } from './link_row';
import classes from './links_page.module.css';

const pageSize = 25;
const newestFirst = '-created_at';
const orders = [
  { value: newestFirst, label: 'Newest first' },
  { value: 'created_at', label: 'Oldest first' },
  { value: '-updated_at', label: 'Last changed' },
  { value: 'prefix', label: 'Short address' },
  { value: 'title', label: 'Title' },
];

/** Clicks of the last 30 days for the links on this page, by id. */
function useClicksOf(links: readonly Link[] | undefined): Map<string, number> | null {
  const [tz] = useTimeZone();
  const ids = links?.map((link) => link.id) ?? [];
  const query = statsQuery(defaultView, tz, ids.join(','));
  const answer = useBreakdown('link', query, pageSize, {
    refresh: pace(query),
    enabled: ids.length > 0,
  });
  if (!answer.data) return null;
  return new Map(answer.data.rows.map((row) => [row.value ?? '', row.clicks]));
}

function Rows({ links, searching }: { links: readonly Link[]; searching: boolean }) {
  const clicks = useClicksOf(links);
  if (links.length === 0) {
    return searching ? (
      <EmptyState icon="search" title="No link matches">
        Search looks at short addresses, destinations and titles. Try fewer letters.
      </EmptyState>
    ) : (
      <EmptyState icon="link" title="No links yet">
        Press <Kbd size="xs">c</Kbd> or <b>New link</b> above, paste where it should lead, and share
        the short address. Every click is counted from the first one.
      </EmptyState>
    );
  }
  return (
    <ul className={classes.list} aria-label="Links">
      {links.map((link) => (
        <LinkRow key={link.id} link={link} clicks={clicks ? (clicks.get(link.id) ?? 0) : null} />
      ))}
    </ul>
  );
}

function Placeholder() {
  return (
    <Stack gap={0} aria-busy="true" aria-label="Loading links">
      {[62, 48, 70, 55, 64].map((width) => (
        <Stack key={width} gap={8} p="md" className={classes.row}>
          <Skeleton height={14} width={`${width / 2}%`} />
          <Skeleton height={10} width={`${width}%`} />
        </Stack>
      ))}
    </Stack>
  );
}

export default function LinksPage() {
  useDocumentTitle('Links · Tallymark');
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState(params.get('q') ?? '');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const sort = params.get('sort') ?? newestFirst;
  const [cursors, setCursors] = useState<string[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const wantsFocus = params.get('focus') === 'search';

  useEffect(() => {
    if (!wantsFocus) return;
    field.current?.focus();
    setParams((now) => (now.delete('focus'), now), { replace: true });
  }, [wantsFocus, setParams]);

  useEffect(() => {
    setCursors([]);
    setParams((now) => (search ? now.set('q', search) : now.delete('q'), now), { replace: true });
  }, [search, setParams]);

  const query: LinksQuery = { limit: pageSize, sort: sort as LinksQuery['sort'] };
  if (search) query.search = search;
  const cursor = cursors.at(-1);
  if (cursor) query.cursor = cursor;
  const links = useLinks(query);
  const next = links.data?.next_cursor;

  const order = (value: string | null) => {
    setCursors([]);
    const wish = value ?? newestFirst;
    setParams((now) => (wish === newestFirst ? now.delete('sort') : now.set('sort', wish), now), {
      replace: true,
    });
  };

  return (
    <Stack gap="lg">
      <Title order={1}>Links</Title>
      <Group gap="sm" wrap="nowrap">
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
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (typed) setTyped('');
            else event.currentTarget.blur();
          }}
          flex={1}
          maw={420}
        />
        <Select
          aria-label="Order"
          data={orders}
          value={sort}
          onChange={order}
          allowDeselect={false}
          w={160}
          ml="auto"
        />
      </Group>
      <section className="tm-card" aria-label="Links" aria-busy={links.isPlaceholderData}>
        {links.data ? (
          <Rows links={links.data.data} searching={search !== ''} />
        ) : links.error ? (
          <ErrorPanel error={links.error} retry={() => void links.refetch()} />
        ) : (
          <Placeholder />
        )}
      </section>
      {(cursors.length > 0 || next) && (
        <Group justify="space-between" component="nav" aria-label="Pages">
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="left" size={14} />}
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            Previous
          </Button>
          <Text size="sm" c="dimmed">
            Page {cursors.length + 1}
          </Text>
          <Button
            variant="default"
            size="xs"
            rightSection={<Icon name="right" size={14} />}
            disabled={!next || links.isPlaceholderData}
            onClick={() => next && setCursors([...cursors, next])}
          >
            Next
          </Button>
        </Group>
      )}
    </Stack>
  );
}
