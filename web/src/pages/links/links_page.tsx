// SPDX-License-Identifier: Apache-2.0
// All links of the workspace. Search, filters and order live in the address and are answered by the
// server; pages come as one scrolls. An empty workspace gets the way to its first link instead.
import { Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link as RouterLink, useSearchParams } from 'wouter';
import { useLinkPages } from '../../api/links';
import type { Link } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import { Icon } from '../../ui/icons';
import { BulkBar, type Rest } from './bulk_bar';
import { FirstClick } from './first_click';
import { FirstLink } from './first_link';
import { coverageOf, nothingChosen, type Selection } from './link_selection';
import { LinkTable } from './link_table';
import classes from './link_table.module.css';
import { wordsOfPages } from './link_tags';
import { LinksToolbar } from './links_toolbar';
import {
  formatList,
  isNarrowed,
  linkSearch,
  linksQuery,
  type ListView,
  parseList,
} from './links_query';
import { useRowActions } from './row_actions';

function Placeholder() {
  return (
    <Stack gap={0} aria-busy="true" aria-label="Loading links" role="status">
      {[62, 48, 70, 55, 64].map((width) => (
        <Stack key={width} gap={8} p="md">
          <Skeleton height={14} width={`${width / 2}%`} />
          <Skeleton height={10} width={`${width}%`} />
        </Stack>
      ))}
    </Stack>
  );
}

type ListProps = {
  links: Link[];
  /** Tags to choose from. */
  tags: string[];
  view: ListView;
  onView: (view: ListView) => void;
  /** What the page of a link is opened with. */
  search: string;
  more: { has: boolean; load: () => void; rest: Rest | null };
};

/** The table with what is chosen in it; a new question begins with nothing chosen. */
function List({ links, tags, view, onView, search, more }: ListProps) {
  const [selection, select] = useState<Selection>(nothingChosen);
  const actions = useRowActions();
  const chosen = useMemo(
    () => (selection.ids.size > 0 ? links.filter(({ id }) => selection.ids.has(id)) : []),
    [links, selection.ids],
  );
  const onTag = useCallback((tag: string) => onView({ ...view, tag }), [onView, view]);
  return (
    <>
      <section className="tm-card" aria-label="Links">
        <LinkTable
          links={links}
          hasMore={more.has}
          onMore={more.load}
          selection={selection}
          onSelect={select}
          search={search}
          onTag={onTag}
          onAction={actions.act}
          sort={view.sort}
          onSort={(sort) => onView({ ...view, sort })}
        />
        {more.has && (
          <div role="status" aria-label="Loading more links">
            <Skeleton height={12} width="40%" m="md" />
          </div>
        )}
      </section>
      {chosen.length > 0 && (
        <BulkBar
          links={chosen}
          rest={more.has && coverageOf(selection, links) === 'all' ? more.rest : null}
          knownTags={tags}
          onChoose={(next) => select(({ ids }) => ({ ids: next(ids), anchor: null }))}
        />
      )}
      {actions.dialogs}
    </>
  );
}

export default function LinksPage() {
  useDocumentTitle('Links · Tallymark');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseList(params), [params]);
  const focus = params.get('focus') === 'search';
  const setView = useCallback(
    (next: ListView) => setParams((now) => formatList(next, now), { replace: true }),
    [setParams],
  );
  useEffect(() => {
    if (focus) setParams((now) => (now.delete('focus'), now), { replace: true });
  }, [focus, setParams]);

  const answer = useLinkPages(linksQuery(view));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = answer;
  const links = useMemo(() => data?.pages.flatMap((page) => page.data), [data]);
  const words = useMemo(() => wordsOfPages(data?.pages ?? []), [data]);
  const load = useCallback(() => {
    if (!isFetchingNextPage && !isPlaceholderData) void fetchNextPage();
  }, [isFetchingNextPage, isPlaceholderData, fetchNextPage]);
  const next = useCallback(async () => {
    const { data, error, hasNextPage } = await fetchNextPage();
    if (error) throw error;
    return { items: data?.pages.flatMap((page) => page.data) ?? [], more: hasNextPage };
  }, [fetchNextPage]);
  const total = isPlaceholderData ? undefined : (data?.pages[0]?.total ?? undefined);
  const narrowed = isNarrowed(view);
  const empty = links?.length === 0 && !isPlaceholderData;
  const first = !narrowed && links?.length === 1 && !hasNextPage ? links[0] : undefined;

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>Links</Title>
        <Button
          component={RouterLink}
          href="/links/import"
          variant="default"
          size="xs"
          leftSection={<Icon name="upload" size={15} />}
        >
          Import
        </Button>
      </Group>
      {first && <FirstClick key={first.id} link={first} />}
      {!(empty && !narrowed) && (
        <LinksToolbar
          view={view}
          onView={setView}
          tags={words.tags}
          campaigns={words.campaigns}
          total={total}
          focus={focus}
        />
      )}
      {links && !empty ? (
        <List
          key={JSON.stringify(linksQuery(view))}
          links={links}
          tags={words.tags}
          view={view}
          onView={setView}
          search={linkSearch(params)}
          more={{
            has: hasNextPage,
            load,
            rest: total === undefined ? null : { total, narrowed, next },
          }}
        />
      ) : (
        <section className={`tm-card ${classes.table}`} aria-label="Links">
          {empty ? (
            narrowed ? (
              <EmptyState icon="search" title="No link matches">
                Search looks at short addresses, destinations and titles. Try fewer letters, or{' '}
                <b>Show all</b>.
              </EmptyState>
            ) : (
              <FirstLink />
            )
          ) : answer.error ? (
            <ErrorPanel error={answer.error} retry={() => void answer.refetch()} />
          ) : (
            <Placeholder />
          )}
        </section>
      )}
    </Stack>
  );
}
