// SPDX-License-Identifier: Apache-2.0
import { ScrollArea, Table, Text } from '@mantine/core';
import { count } from '../../ui/format';

export type Fault = { line: number; field: string; detail: string };

const shown = 200;

/** What is wrong with which line of a file. */
export function FaultList({ faults }: { faults: readonly Fault[] }) {
  return (
    <>
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table fz="sm" verticalSpacing={5} aria-label="Refused lines" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {['Line', 'Field', 'Why'].map((name) => (
                <Table.Th key={name} scope="col" fw={500} fz="xs" c="dimmed" bg="var(--tm-card)">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {faults.slice(0, shown).map(({ line, field, detail }, index) => (
              <Table.Tr key={index}>
                <Table.Td className="tm-num">{count(line)}</Table.Td>
                <Table.Td>{field}</Table.Td>
                <Table.Td>{detail}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {faults.length > shown && (
        <Text size="sm" c="dimmed">
          and {count(faults.length - shown)} more
        </Text>
      )}
    </>
  );
}
