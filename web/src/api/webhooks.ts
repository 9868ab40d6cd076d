// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changing } from './changing';
import { api, unwrap } from './client';
import { useList } from './lists';
import type { WebhookCreate, WebhookPatch, WebhookReplay } from './types';

const listKey = ['webhooks'] as const;
const useChange = changing(listKey, ['webhook']);
const hookKey = (id: string) => ['webhook', id] as const;
/** How often a page asks how webhooks stand. */
const pace = 3_000;

export function useWebhooks() {
  return useList(
    listKey,
    (cursor) => unwrap(api.GET('/api/v1/webhooks', { params: { query: { cursor } } })),
    { every: pace },
  );
}

export function useWebhook(id: string) {
  return useQuery({
    queryKey: hookKey(id),
    queryFn: () => unwrap(api.GET('/api/v1/webhooks/{id}', { params: { path: { id } } })),
    refetchInterval: pace,
  });
}

/** Requests that were made, newest first. */
export function useDeliveries(id: string, result: 'ok' | 'failed' | undefined) {
  return useList(
    [...hookKey(id), 'deliveries', result],
    (cursor) =>
      unwrap(
        api.GET('/api/v1/webhooks/{id}/deliveries', {
          params: { path: { id }, query: { result, cursor, limit: 20 } },
        }),
      ),
    { every: pace },
  );
}

/** Events that were given up, newest first. */
export function useDeadLetters(id: string) {
  return useList(
    [...hookKey(id), 'dead'],
    (cursor) =>
      unwrap(
        api.GET('/api/v1/webhooks/{id}/dead-letters', {
          params: { path: { id }, query: { cursor, limit: 20 } },
        }),
      ),
    { every: pace },
  );
}

/** Makes a webhook. Its secret is in this answer and never again. */
export function useCreateWebhook() {
  return useChange((body: WebhookCreate) => unwrap(api.POST('/api/v1/webhooks', { body })));
}

export function usePatchWebhook(id: string) {
  return useChange((body: WebhookPatch) =>
    unwrap(api.PATCH('/api/v1/webhooks/{id}', { params: { path: { id } }, body })),
  );
}

export function useDeleteWebhook(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}

/** Gives it a new secret, which is in this answer and never again. */
export function useRotateWebhook(id: string) {
  return useChange((hours: number) =>
    unwrap(
      api.POST('/api/v1/webhooks/{id}/rotate', {
        params: { path: { id } },
        body: { overlap_hours: hours },
      }),
    ),
  );
}

/** Sends a test event and waits for the receiver, up to 15 seconds. */
export function useTestWebhook(id: string) {
  return useChange(() =>
    unwrap(api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id } } })),
  );
}

export function useReplayWebhook(id: string) {
  return useChange((body: WebhookReplay) =>
    unwrap(api.POST('/api/v1/webhooks/{id}/replay', { params: { path: { id } }, body })),
  );
}
