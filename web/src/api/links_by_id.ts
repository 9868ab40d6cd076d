// SPDX-License-Identifier: Apache-2.0
// The links behind ids, one question each, shared with the links' own pages.
import { useQueries } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { Link } from './types';

/** The links of these ids, by id; those that are gone or not there yet are left out. */
export function useLinksById(ids: readonly string[]): Map<string, Link> {
  return useQueries({
    queries: [...new Set(ids)].map((id) => ({
      queryKey: ['link', id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        unwrap(api.GET('/api/v1/links/{id}', { params: { path: { id } }, signal })),
      staleTime: 60_000,
    })),
    combine: (answers) =>
      new Map(answers.flatMap(({ data }) => (data ? [[data.id, data] as const] : []))),
  });
}
