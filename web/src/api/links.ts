// SPDX-License-Identifier: Apache-2.0
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { LinkCreate, LinkPatch, LinksQuery } from './types';

/** One page of links. */
export function useLinks(query: LinksQuery) {
  return useQuery({
    queryKey: ['links', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/links', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
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

function useChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['links'] }),
        client.invalidateQueries({ queryKey: ['link'] }),
      ]),
  });
}

export function useCreateLink() {
  return useChange((body: LinkCreate) => unwrap(api.POST('/api/v1/links', { body })));
}

/** Changes a link; `patch` is a JSON merge-patch, null removes a value. */
export function usePatchLink(id: string) {
  return useChange((patch: LinkPatch) =>
    unwrap(
      api.PATCH('/api/v1/links/{id}', {
        params: { path: { id } },
        body: patch,
      }),
    ),
  );
}

export function useDeleteLink(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/links/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['links'] }),
  });
}
