// SPDX-License-Identifier: Apache-2.0
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';

/** A hook for changes after which what is under these keys is asked for again. */
export function changing(...keys: readonly QueryKey[]) {
  return function useChange<V, R>(change: (values: V) => Promise<R>) {
    const client = useQueryClient();
    return useMutation({
      mutationFn: change,
      onSuccess: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
    });
  };
}
