// SPDX-License-Identifier: Apache-2.0
import { ScrollArea, Select, Table, Text } from '@mantine/core';
import type { CsvRow } from '../../ui/csv_text';
import { count } from '../../ui/format';
import { columns } from './link_csv';

const shown = 5;
const leaveOut = '';
const choices = [
  { value: leaveOut, label: 'Leave out' },
  ...columns.filter(({ put }) => put).map(({ name }) => ({ value: name, label: name })),
];

type Props = {
  head: string[];
  rows: readonly CsvRow[];
  /** The name of what each column of the file holds; null leaves it out. */
  names: (string | null)[];
  onNames: (names: (string | null)[]) => void;
};

/** The first rows of a file, and above each column what it is taken for. */
export function ImportMapping({ head, rows, names, onNames }: Props) {
  const choose = (place: number, name: string | null) =>
    onNames(
      names.map((one, index) => {
        if (index === place) return name || null;
        // A name stands for one column only.
        return one === name ? null : one;
      }),
    );
  return (
    <section className="tm-card" aria-label="Columns">
      <Text size="sm" px="md" pt="md" pb="xs">
        {count(rows.length)} rows. Columns were found by their headings; change what is wrong.
      </Text>
      <ScrollArea type="auto" offsetScrollbars="x" viewportProps={{ tabIndex: 0 }}>
        <Table fz="sm" horizontalSpacing="md" verticalSpacing={6} layout="auto">
          <Table.Thead>
            <Table.Tr>
              {head.map((heading, index) => (
                <Table.Th key={index} scope="col" miw={150}>
                  <Text size="xs" c="dimmed" mb={4} truncate maw={200}>
                    {heading || '(no heading)'}
                  </Text>
                  <Select
                    size="xs"
                    aria-label={`Column ${heading || index + 1}`}
                    data={choices}
                    value={
                      choices.some(({ value }) => value === names[index])
                        ? (names[index] ?? leaveOut)
                        : leaveOut
                    }
                    onChange={(name) => choose(index, name)}
                    allowDeselect={false}
                    searchable
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, shown).map((row) => (
              <Table.Tr key={row.line}>
                {head.map((_heading, index) => (
                  <Table.Td key={index} c={names[index] ? undefined : 'dimmed'}>
                    <Text size="sm" truncate maw={240} title={row.cells[index]}>
                      {row.cells[index]}
                    </Text>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </section>
  );
}
