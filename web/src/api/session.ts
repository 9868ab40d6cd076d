// SPDX-License-Identifier: Apache-2.0
// Who is logged in. The browser holds the session cookie; the console only knows what the server
// says.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { ApiError } from './problem';
import { sessionKey } from './query_client';
import type { Session } from './types';

const setupKey = ['setup'] as const;

async function fetchSession(): Promise<Session | null> {
  try {
    return await unwrap(api.GET('/api/v1/session'));
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 401) return null;
    throw thrown;
  }
}

export const sessionQuestion = {
  queryKey: sessionKey,
  queryFn: fetchSession,
  staleTime: 60_000,
};

/** The session, null when nobody is logged in. */
export function useSession() {
  return useQuery(sessionQuestion);
}

/** Whether the first admin still has to be made. Asked only while nobody is logged in. */
export function useSetupNeeded(enabled: boolean) {
  return useQuery({
    queryKey: setupKey,
    queryFn: () => unwrap(api.GET('/api/v1/setup')),
    enabled,
  });
}

/** What the footer shows: version and the geo database's attribution. */
export function useMeta() {
  return useQuery({
    queryKey: ['meta'],
    queryFn: () => unwrap(api.GET('/api/v1/meta')),
    staleTime: 600_000,
  });
}

function useEntering<V>(enter: (values: V) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: enter,
    meta: { anonymous: true },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionKey });
      client.setQueryData(setupKey, { needed: false });
    },
  });
}

export function useLogin() {
  return useEntering((body: { email: string; password: string }) =>
    unwrap(api.POST('/api/v1/session', { body })),
  );
}

export function useSetup() {
  return useEntering((body: { token: string; email: string; password: string }) =>
    unwrap(api.POST('/api/v1/setup', { body })),
  );
}

/** Ends the session and forgets every answer, so that the next person sees none of them. */
export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/session')),
    onSettled: () => {
      client.setQueryData(sessionKey, null);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    },
  });
}
