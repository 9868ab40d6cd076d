// SPDX-License-Identifier: Apache-2.0
import { api, unwrap } from '../../api/client';

/** Asks for a link once, for the sake of its name: it may be gone, and is not asked again. */
export function linkQuestion(id: string) {
  return {
    queryKey: ['link', id],
    queryFn: () => unwrap(api.GET('/api/v1/links/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  };
}
