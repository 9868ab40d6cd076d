// SPDX-License-Identifier: Apache-2.0
import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, unwrap } from './client';
import { useList } from './lists';
import { patchedPages, type LinkPage, withoutLinks } from './link_pages';
import type { Link, LinkCreate, LinkPatch, LinksQuery } from './types';

const pagesKey = ['links'] as const;
const pageSize = 100;
/** A list this long holds still: asking again for all of it would move it under the reader. */
const freshPages = 2;

/** Links, page after page as they are scrolled to; the first page says how many there are. */
export function useLinkPages(query: LinksQuery) {
  return useInfiniteQuery({
    queryKey: [...pagesKey, query],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/links', {
          params: {
            query: {
              ...query,
              limit: pageSize,
              ...(pageParam ? { cursor: pageParam } : { count: 'true' }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (last) => last,
    staleTime: 10_000,
    refetchInterval: ({ state }) =>
      state.data && state.data.pages.length > freshPages ? false : 15_000,
  });
}

/** A few links to choose from. */
export function useLinkChoices(query: LinksQuery) {
  return useQuery({
    queryKey: ['link-choices', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/links', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useLink(id: string) {
  return useQuery({
    queryKey: ['link', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/links/{id}', { params: { path: { id } }, signal })),
    refetchInterval: 15_000,
  });
}

const historyKey = (id: string) => ['link-history', id] as const;

/** Who changed what of a link, newest first. */
export function useLinkHistory(id: string) {
  return useList(
    historyKey(id),
    (cursor) =>
      unwrap(
        api.GET('/api/v1/links/{id}/history', {
          params: { path: { id }, query: { cursor, limit: 20 } },
        }),
      ),
    { every: 15_000 },
  );
}

type Pages = InfiniteData<LinkPage, string>;

/** Asks again for the lists, from their first page when they have grown long. */
function askAgain(client: QueryClient) {
  client.setQueriesData<Pages>({ queryKey: pagesKey }, (data) =>
    data && data.pages.length > freshPages
      ? { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) }
      : data,
  );
  return client.invalidateQueries({ queryKey: pagesKey });
}

/** Tells the lists, and the pages of single links, what was done. */
export function useInLists() {
  const client = useQueryClient();
  const change = (how: (pages: LinkPage[]) => LinkPage[]) =>
    client.setQueriesData<Pages>(
      { queryKey: pagesKey },
      (data) => data && { ...data, pages: how(data.pages) },
    );
  return {
    changed: (links: readonly Link[]) => {
      for (const link of links) {
        client.setQueryData<Link>(['link', link.id], (before) => before && link);
      }
      void client.invalidateQueries({ queryKey: ['link-history'] });
      change((pages) => patchedPages(pages, links));
    },
    gone: (ids: ReadonlySet<string>) => change((pages) => withoutLinks(pages, ids)),
    added: () => askAgain(client),
  };
}

export function useCreateLink() {
  const lists = useInLists();
  return useMutation({
    mutationFn: (body: LinkCreate) => unwrap(api.POST('/api/v1/links', { body })),
    onSuccess: () => lists.added(),
  });
}

/** `patch` is a JSON merge-patch, null removes a value. */
export const patchLink = ({ id, patch }: { id: string; patch: LinkPatch }) =>
  unwrap(api.PATCH('/api/v1/links/{id}', { params: { path: { id } }, body: patch }));

export const deleteLink = (id: string) =>
  unwrap(api.DELETE('/api/v1/links/{id}', { params: { path: { id } } }));

/** Changes any link. */
export function usePatchAnyLink() {
  const lists = useInLists();
  return useMutation({
    mutationFn: patchLink,
    onSuccess: (link) => lists.changed([link]),
  });
}

/** Changes one link. */
export function usePatchLink(id: string) {
  const lists = useInLists();
  return useMutation({
    mutationFn: (patch: LinkPatch) => patchLink({ id, patch }),
    onSuccess: (link) => lists.changed([link]),
  });
}

export function useDeleteLink(id: string) {
  const lists = useInLists();
  return useMutation({
    mutationFn: () => deleteLink(id),
    onSuccess: () => lists.gone(new Set([id])),
  });
}

/** Asks the lists again after links came by another way than one at a time. */
export function useLinksCame() {
  return useInLists().added;
}
