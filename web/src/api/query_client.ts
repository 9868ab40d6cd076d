// SPDX-License-Identifier: Apache-2.0
// How answers are kept and asked for again: one cache for the whole console. A 401 from anywhere
// means that the session ended, so the session's entry is cleared and the log-in page appears in
// place.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem';

export const sessionKey = ['session'] as const;

function isOver(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isOver(error) && query.queryKey[0] !== sessionKey[0]) {
          client.setQueryData(sessionKey, null);
        }
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (isOver(error) && mutation.meta?.anonymous !== true) {
          client.setQueryData(sessionKey, null);
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // Refusals do not change by asking again; silence and 5xx may.
        retry: (count, error) =>
          count < 1 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
        retryDelay: 800,
      },
    },
  });
  return client;
}
