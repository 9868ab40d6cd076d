// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { changing } from './changing';
import { api, unwrap } from './client';
import type { DomainCreate, DomainPatch } from './types';

const listKey = ['domains'] as const;
const useChange = changing(listKey);

/** The domains that were added; the default one is the server's own setting and not among them. */
export function useDomains() {
  return useQuery({
    queryKey: listKey,
    queryFn: () => unwrap(api.GET('/api/v1/domains')),
    staleTime: 30_000,
  });
}

export function useCreateDomain() {
  return useChange((body: DomainCreate) => unwrap(api.POST('/api/v1/domains', { body })));
}

export function usePatchDomain(id: string) {
  return useChange((body: DomainPatch) =>
    unwrap(api.PATCH('/api/v1/domains/{id}', { params: { path: { id } }, body })),
  );
}

export function useDeleteDomain() {
  return useChange((id: string) =>
    unwrap(api.DELETE('/api/v1/domains/{id}', { params: { path: { id } } })),
  );
}
