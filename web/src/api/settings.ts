// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { sessionKey } from './query_client';
import type { SettingsPatch } from './types';

const settingsKey = ['settings'] as const;

/** What the workspace as a whole is set to. */
export function useSettings() {
  return useQuery({
    queryKey: settingsKey,
    queryFn: () => unwrap(api.GET('/api/v1/settings')),
    staleTime: 30_000,
  });
}

/** Changes settings; `patch` is a JSON merge-patch, null removes a value. */
export function usePatchSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SettingsPatch) => unwrap(api.PATCH('/api/v1/settings', { body })),
    onSuccess: (now) => {
      client.setQueryData(settingsKey, now);
      return client.invalidateQueries({ queryKey: sessionKey });
    },
  });
}
