// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { Erase, EraseCreate } from './types';

const listKey = ['erases'] as const;

export function isOver(state: Erase['state']): boolean {
  return state === 'done' || state === 'failed';
}

/** What is being and was erased, newest first; asked each second while something is under way. */
export function useErases() {
  return useQuery({
    queryKey: listKey,
    queryFn: () => unwrap(api.GET('/api/v1/erase')),
    refetchInterval: (query) =>
      query.state.data?.data.some((one) => !isOver(one.state)) ? 1000 : false,
  });
}

/** Begins to erase. Afterwards every number may be another one. */
export function useErase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: EraseCreate) => unwrap(api.POST('/api/v1/erase', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}
