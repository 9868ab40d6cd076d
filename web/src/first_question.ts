// SPDX-License-Identifier: Apache-2.0
// The console's first questions, asked before anything is drawn: drawing the overview takes longer
// than its totals do. The components that show the answers find them, or the requests under way, in
// the cache.
import type { QueryClient } from '@tanstack/react-query';
import { sessionQuestion } from './api/session';
import { seriesQuestion, summaryQuestion } from './api/stats';
import { parseView, statsQuery } from './api/view';
import { readTimeZone } from './ui/time_zone';

export async function askFirst(client: QueryClient): Promise<void> {
  const session = await client.fetchQuery(sessionQuestion).catch(() => null);
  if (!session || location.pathname !== '/') return;
  const params = new URLSearchParams(location.search);
  const query = statsQuery(parseView(params), readTimeZone(params));
  void client.prefetchQuery(summaryQuestion(query));
  void client.prefetchQuery(seriesQuestion(query));
}
