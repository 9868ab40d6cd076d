// SPDX-License-Identifier: Apache-2.0
import { Button, Center, Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { List } from '../../api/lists';
import { ErrorPanel } from '../../ui/error_panel';
import rows from '../../ui/rows.module.css';

export function RowsPlaceholder() {
  return (
    <Stack gap={12} p="md" role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={14} width="35%" />
      <Skeleton height={10} width="70%" />
    </Stack>
  );
}

type Props<T> = {
  list: Pick<List<T>, 'rows' | 'error' | 'retry'> & Partial<List<T>>;
  label: string;
  empty: ReactNode;
  children: (row: T) => ReactNode;
};

/** The rows of a list in whatever state it is: loading, failed, empty, with more to come. */
export function ListRows<T>({ list, label, empty, children }: Props<T>) {
  if (list.error) return <ErrorPanel error={list.error} retry={list.retry} compact />;
  if (!list.rows) return <RowsPlaceholder />;
  if (list.rows.length === 0) return empty;
  return (
    <div>
      <ul className={rows.list} aria-label={label}>
        {list.rows.map(children)}
      </ul>
      {list.more && (
        <Center pb="md" pt="xs">
          <Button
            size="xs"
            variant="default"
            loading={list.loadingMore ?? false}
            onClick={list.more}
          >
            Show more
          </Button>
        </Center>
      )}
    </div>
  );
}
