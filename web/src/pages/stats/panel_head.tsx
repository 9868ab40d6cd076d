// SPDX-License-Identifier: Apache-2.0
// The head of a panel: what it is, what its numbers mean, and the way out of it as a file.
import { ActionIcon, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApiDimension, StatsQuery } from '../../api/types';
import { type CsvTable, saveCsv } from '../../ui/csv';
import { Explain } from '../../ui/explain';
import type { Explained } from '../../ui/explanations';
import { Icon } from '../../ui/icons';
import classes from './panel_head.module.css';

/** What the server's export adds to a question: rows of a dimension, points, or single hits. */
type Export = { by?: ApiDimension; interval?: string };

/** The address under which the server gives all of it as a file, with the filters on screen. */
function exportAddress(query: StatsQuery, more: Export): string {
  const params = new URLSearchParams({ ...query, ...more } as Record<string, string>);
  return `/api/v1/export.csv?${params}`;
}

export type Download = {
  /** Names the file: "Clicks by country". */
  title: string;
  /** What is on screen; null while there is nothing. */
  table: CsvTable | null;
  query: StatsQuery;
  /** With it the server offers all rows, else single clicks. */
  all?: Export;
};

function DownloadMenu({ title, table, query, all }: Download) {
  return (
    <Menu position="bottom-end" width={250} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={26} aria-label={`${title}: download`}>
          <Icon name="download" size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {table && (
          <Menu.Item onClick={() => saveCsv(title, table)}>What is shown here, as CSV</Menu.Item>
        )}
        {all && (
          <Menu.Item component="a" href={exportAddress(query, all)} download>
            All rows, as CSV
          </Menu.Item>
        )}
        <Menu.Item component="a" href={exportAddress(query, {})} download>
          Every single click, as CSV
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type Props = {
  title: ReactNode;
  titleId?: string;
  explain: Explained;
  download?: Download;
  children?: ReactNode;
};

export function PanelHead({ title, titleId, explain, download, children }: Props) {
  return (
    <header className={classes.head}>
      <h2 className={classes.title} id={titleId}>
        {title}
      </h2>
      <Explain what={explain} />
      <div className={classes.tools}>
        {children}
        {download && <DownloadMenu {...download} />}
      </div>
    </header>
  );
}
