// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';

/** Hosts that a link can be on, besides the default one. */
export function useDomainHosts(): string[] {
  const { data } = useQuery({
    queryKey: ['domains'],
    queryFn: () => unwrap(api.GET('/api/v1/domains')),
    staleTime: 30_000,
  });
  return data?.data.map((domain) => domain.host) ?? [];
}
