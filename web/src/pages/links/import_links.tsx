// SPDX-License-Identifier: Apache-2.0
// Links from a CSV file, in three steps on one page: choose it, see how it is read, send it.
import { Button, Group, Progress as Bar, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link as RouterLink } from 'wouter';
import { postLinks } from '../../api/imports';
import { useLinksCame } from '../../api/links';
import { type CsvRow, csvText, parseCsv } from '../../ui/csv_text';
import { download } from '../../ui/download';
import { useLeaveWarning } from '../../ui/drafts';
import { FileDrop } from '../../ui/file_drop';
import { FormError } from '../../ui/form_error';
import { count } from '../../ui/format';
import {
  type ImportEnd,
  importName,
  type ImportRow,
  importRows,
  type Progress,
} from './import_batches';
import { FaultList } from './import_faults';
import { ImportMapping } from './import_mapping';
import { columnOf, columns, linkOfRow } from './link_csv';

type Table = { name: string; head: string[]; rows: CsvRow[] };

function tableOf(name: string, text: string): Table | null {
  const [head, ...rows] = parseCsv(text);
  return head && rows.length > 0 ? { name, head: head.cells, rows } : null;
}

const links = (amount: number) => `${count(amount)} ${amount === 1 ? 'link' : 'links'}`;

type EndProps = { end: ImportEnd; table: Table; again: () => void };

function End({ end, table, again }: EndProps) {
  const saveRefused = () => {
    const lines = new Set(end.refused.map(({ line }) => line));
    const rows = table.rows.filter(({ line }) => lines.has(line)).map(({ cells }) => cells);
    download(
      new Blob([csvText([table.head, ...rows])], { type: 'text/csv;charset=utf-8' }),
      `refused-${table.name}`,
    );
  };
  return (
    <Stack gap="md" className="tm-card" p="lg">
      <Text fw={650} fz="lg" role="status">
        {links(end.made)} imported
        {end.refused.length > 0 && `, ${count(end.refused.length)} refused`}
      </Text>
      {end.failed && (
        <>
          <FormError error={end.failed} />
          <Text size="sm">
            It stopped there. What was imported stays; the same file can be sent again once this is
            mended, and links that are there are then refused as taken.
          </Text>
        </>
      )}
      {end.refused.length > 0 && <FaultList faults={end.refused} />}
      <Group gap="sm">
        <Button component={RouterLink} href="/links">
          See the links
        </Button>
        {end.refused.length > 0 && (
          <Button variant="default" onClick={saveRefused}>
            Save the refused rows
          </Button>
        )}
        <Button variant="default" onClick={again}>
          Another file
        </Button>
      </Group>
    </Stack>
  );
}

export function ImportLinks() {
  const [table, setTable] = useState<Table | null>(null);
  const [names, setNames] = useState<(string | null)[]>([]);
  const [unread, setUnread] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [end, setEnd] = useState<ImportEnd | null>(null);
  const came = useLinksCame();
  useLeaveWarning(progress !== null && end === null);

  const open = async (file: File) => {
    const read = tableOf(file.name, await file.text());
    setTable(read);
    setUnread(read === null);
    setNames(read?.head.map((heading) => columnOf(heading)?.name ?? null) ?? []);
  };
  const again = () => {
    setTable(null);
    setProgress(null);
    setEnd(null);
  };

  if (!table) {
    return (
      <Stack gap="sm">
        <FileDrop accept=".csv,text/csv,text/plain" onFile={(file) => void open(file)}>
          A CSV file whose first line names its columns; only <b>destination</b> (or <b>url</b>) is
          needed. Files of other shorteners are understood as far as their headings say, and so is
          what <b>Export CSV</b> of the links page wrote.
        </FileDrop>
        {unread && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            There is no row of links in that file.
          </Text>
        )}
      </Stack>
    );
  }
  if (end) return <End end={end} table={table} again={again} />;
  if (progress) {
    const done = progress.made + progress.refused.length;
    return (
      <Stack gap="sm" className="tm-card" p="lg">
        <Text fw={600} role="status">
          {count(done)} of {links(progress.of)} …
        </Text>
        <Bar value={(100 * done) / progress.of} aria-label="Imported so far" />
      </Stack>
    );
  }

  const mapping = names.map((name) => columns.find((column) => column.name === name) ?? null);
  const rows: ImportRow[] = table.rows.map((row) => ({
    line: row.line,
    body: linkOfRow(row, mapping),
  }));
  const start = async () => {
    setProgress({ made: 0, refused: [], of: rows.length });
    const result = await importRows(rows, importName(), postLinks, setProgress);
    setEnd(result);
    await came();
  };
  const ready = names.includes('destination');
  return (
    <Stack gap="md">
      <ImportMapping head={table.head} rows={table.rows} names={names} onNames={setNames} />
      {!ready && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          Which column holds the destination? Choose it above.
        </Text>
      )}
      <Group gap="sm">
        <Button disabled={!ready} onClick={() => void start()}>
          Import {links(rows.length)}
        </Button>
        <Button variant="default" onClick={again}>
          Another file
        </Button>
        <Text size="sm" c="dimmed">
          Rows that are refused are listed with their line; all others are imported.
        </Text>
      </Group>
    </Stack>
  );
}
