// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changing } from './changing';
import { api, unwrap } from './client';
import { useList } from './lists';
import type { AlertCreate, AlertPatch } from './types';

const listKey = ['alerts'] as const;
const useChange = changing(listKey, ['alert']);
const alertKey = (id: string) => ['alert', id] as const;
/** How often a page asks how alerts stand; hours are judged when they are over. */
const pace = 15_000;

export function useAlerts() {
  return useList(
    listKey,
    (cursor) => unwrap(api.GET('/api/v1/alerts', { params: { query: { cursor } } })),
    { every: pace },
  );
}

export function useAlert(id: string) {
  return useQuery({
    queryKey: alertKey(id),
    queryFn: () => unwrap(api.GET('/api/v1/alerts/{id}', { params: { path: { id } } })),
    refetchInterval: pace,
  });
}

/** Changes of state, newest first. */
export function useAlertHistory(id: string) {
  return useList(
    [...alertKey(id), 'history'],
    (cursor) =>
      unwrap(
        api.GET('/api/v1/alerts/{id}/history', {
          params: { path: { id }, query: { cursor, limit: 20 } },
        }),
      ),
    { every: pace },
  );
}

export function useCreateAlert() {
  return useChange((body: AlertCreate) => unwrap(api.POST('/api/v1/alerts', { body })));
}

export function usePatchAlert(id: string) {
  return useChange((body: AlertPatch) =>
    unwrap(api.PATCH('/api/v1/alerts/{id}', { params: { path: { id } }, body })),
  );
}

export function useDeleteAlert(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/alerts/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}

/** Sends the recipients a test mail and says what the mail server answered for each. */
export function useTestAlert(id: string) {
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/alerts/{id}/test', { params: { path: { id } } })),
  });
}
