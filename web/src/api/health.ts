// SPDX-License-Identifier: Apache-2.0
// How the server is: each part's state (/readyz, which says 503 with the same body while a part is
// down) and the gauges that /metrics has for the machine that collects them.
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { parseMetrics } from './metrics';
import { ApiError, errorFromAnswer, unreachable } from './problem';
import type { Readiness } from './types';

async function fetchReadiness(): Promise<Readiness> {
  const { data, error, response } = await api.GET('/readyz').catch(() => {
    throw unreachable();
  });
  const body: unknown = data ?? error;
  if (body !== null && typeof body === 'object' && 'parts' in body) return body as Readiness;
  throw errorFromAnswer(response.status, error, response.headers);
}

export function useReadiness() {
  return useQuery({ queryKey: ['readiness'], queryFn: fetchReadiness, refetchInterval: 5_000 });
}

async function fetchMetrics(): Promise<Map<string, number>> {
  const text = await unwrap(api.GET('/metrics', { parseAs: 'text' }));
  if (typeof text !== 'string') throw new ApiError(0, 'internal', 'Unreadable', '', null, null);
  return parseMetrics(text);
}

/** The gauges and counters without labels, by name. */
export function useMetrics() {
  return useQuery({ queryKey: ['metrics'], queryFn: fetchMetrics, refetchInterval: 10_000 });
}
