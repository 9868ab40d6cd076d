// SPDX-License-Identifier: Apache-2.0
// Waits for a link's first click: asks once whether there is one, then listens to the live stream,
// which tells of a click within a second. The browser opens the stream again by itself when it ends.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, unwrap } from './client';
import type { Click } from './types';

const countedMs = 1_500;

/** The newest click on a link, null while there is none, undefined while nobody knows. */
export function useFirstClick(link: string): Click | null | undefined {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['first_click', link],
    queryFn: async ({ signal }) => {
      const query = { link, limit: 1, range: 'all', traffic: 'all' } as const;
      const page = await unwrap(api.GET('/api/v1/clicks', { params: { query }, signal }));
      return page.data[0] ?? null;
    },
    // While the stream is down this still finds it.
    refetchInterval: ({ state }) => (state.data ? false : 10_000),
  });
  const waiting = data === null;
  useEffect(() => {
    if (!waiting) return;
    const stream = new EventSource(`/api/v1/live?link=${encodeURIComponent(link)}&traffic=all`);
    stream.addEventListener('click', (event) => {
      client.setQueryData(['first_click', link], JSON.parse(event.data as string) as Click);
      // The stream is a moment ahead of what is counted.
      setTimeout(() => void client.invalidateQueries({ queryKey: ['link_days'] }), countedMs);
    });
    return () => stream.close();
  }, [client, link, waiting]);
  return data;
}
