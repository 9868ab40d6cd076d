// SPDX-License-Identifier: Apache-2.0
// Experiments: the list, one with what it found, and the planner. A report may be asked for as often
// as one likes, since its verdict does not depend on how often somebody looks.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changing } from './changing';
import { api, unwrap } from './client';
import type { Experiment, ExperimentCreate, ExperimentPatch, PlanQuery } from './types';

const listKey = ['experiments'] as const;
const useChange = changing(listKey, ['experiment']);
const reportKey = (id: string) => ['experiment', id] as const;

/** How many experiments a page of the list has. */
export const experimentsPage = 25;

export function useExperiments(cursor: string) {
  const query = { limit: experimentsPage, ...(cursor ? { cursor } : {}) };
  return useQuery({
    queryKey: [...listKey, query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/experiments', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

/** One experiment with its result, asked again every `refresh` ms. */
export function useExperiment(id: string, refresh = 10_000) {
  return useQuery({
    queryKey: reportKey(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/experiments/{id}', { params: { path: { id } }, signal })),
    refetchInterval: refresh,
  });
}

/** How many visitors an experiment needs; nothing is asked while the question is null. */
export function usePlan(query: PlanQuery | null) {
  return useQuery({
    queryKey: ['plan', query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/experiments/plan', { params: { query: query ?? { base: 0.5 } }, signal }),
      ),
    placeholderData: keepPreviousData,
    enabled: query !== null,
    staleTime: Infinity,
  });
}

export function useCreateExperiment() {
  return useChange((body: ExperimentCreate) => unwrap(api.POST('/api/v1/experiments', { body })));
}

export function usePatchExperiment({ id }: Pick<Experiment, 'id'>) {
  return useChange((body: ExperimentPatch) =>
    unwrap(api.PATCH('/api/v1/experiments/{id}', { params: { path: { id } }, body })),
  );
}

export function useDeleteExperiment({ id }: Pick<Experiment, 'id'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/experiments/{id}', { params: { path: { id } } })),
    // A list that still had it would ask for its verdict.
    onSuccess: () => client.removeQueries({ queryKey: listKey }),
  });
}
