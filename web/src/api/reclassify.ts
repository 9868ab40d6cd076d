// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { Reclassification, ReclassificationCreate } from './types';

function isOver(state: Reclassification['state']): boolean {
  return state === 'done' || state === 'failed';
}

export function useReclassify() {
  return useMutation({
    mutationFn: (body: ReclassificationCreate) =>
      unwrap(api.POST('/api/v1/traffic/reclassify', { body })),
  });
}

/** How a job is going, asked each second until it is over; null asks nothing. */
export function useReclassification(id: string | null) {
  return useQuery({
    queryKey: ['reclassification', id],
    queryFn: () =>
      unwrap(api.GET('/api/v1/traffic/reclassify/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data.state) ? false : 1000),
  });
}
