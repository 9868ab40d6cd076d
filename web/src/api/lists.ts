// SPDX-License-Identifier: Apache-2.0
// Lists that the server hands out in pages: what was shown stays, and more is put below it.
import { useInfiniteQuery } from '@tanstack/react-query';

type Page<T> = { data: T[]; next_cursor: string | null };

export type ListOptions = {
  /** Asks again by the clock, in milliseconds; every page that is shown. */
  every?: number;
};

/** All rows that were asked for so far, with the way to the next ones. */
export function useList<T>(
  key: readonly unknown[],
  ask: (cursor: string | undefined) => Promise<Page<T>>,
  { every }: ListOptions = {},
) {
  const answer = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    refetchInterval: every ?? false,
  });
  return {
    rows: answer.data?.pages.flatMap((page) => page.data) ?? null,
    error: answer.data ? null : answer.error,
    retry: () => void answer.refetch(),
    more: answer.hasNextPage ? () => void answer.fetchNextPage() : null,
    loadingMore: answer.isFetchingNextPage,
  };
}

export type List<T> = ReturnType<typeof useList<T>>;
