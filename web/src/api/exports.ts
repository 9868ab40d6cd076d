// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changing } from './changing';
import { api, unwrap } from './client';
import { useList } from './lists';
import type { ExportCreate, ExportPatch } from './types';

const listKey = ['exports'] as const;
const useChange = changing(listKey, ['export']);
const exportKey = (id: string) => ['export', id] as const;
const pace = 3_000;

export function useExports() {
  return useList(
    listKey,
    (cursor) => unwrap(api.GET('/api/v1/exports', { params: { query: { cursor } } })),
    { every: pace },
  );
}

export function useExport(id: string) {
  return useQuery({
    queryKey: exportKey(id),
    queryFn: () => unwrap(api.GET('/api/v1/exports/{id}', { params: { path: { id } } })),
    refetchInterval: pace,
  });
}

/** Its periods, newest first. */
export function useExportRuns(id: string) {
  return useList(
    [...exportKey(id), 'runs'],
    (cursor) =>
      unwrap(
        api.GET('/api/v1/exports/{id}/runs', {
          params: { path: { id }, query: { cursor, limit: 31 } },
        }),
      ),
    { every: pace },
  );
}

/** Where the browser fetches a period's file. */
export function exportFile(id: string, of: string): string {
  return `/api/v1/exports/${encodeURIComponent(id)}/runs/${encodeURIComponent(of)}/file`;
}

export function useCreateExport() {
  return useChange((body: ExportCreate) => unwrap(api.POST('/api/v1/exports', { body })));
}

export function usePatchExport(id: string) {
  return useChange((body: ExportPatch) =>
    unwrap(api.PATCH('/api/v1/exports/{id}', { params: { path: { id } }, body })),
  );
}

/** Puts a small object into its bucket and deletes it, and says what was answered. */
export function useTestExport(id: string) {
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/exports/{id}/test', { params: { path: { id } } })),
  });
}

export function useDeleteExport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/exports/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}
