// SPDX-License-Identifier: Apache-2.0
import { ScrollArea, Table, Text } from '@mantine/core';
import type { ExperimentReport } from '../../api/types';
import { count } from '../../ui/format';
import { chance, likelihood, points, pointsRange } from '../../ui/rates';
import { gain, type Names } from './experiment_words';
import classes from './experiments.module.css';

type Props = { report: ExperimentReport; names: Names };

/** The usual figures at this moment, apart from the verdict, which they do not decide. */
export function DescriptionCard({ report, names }: Props) {
  const described = report.result.variants.filter((variant) => variant.description !== null);
  if (described.length === 0) return null;
  return (
    <section className={`tm-card ${classes.card} ${classes.apart}`} aria-labelledby="description">
      <h2 className={classes.title} id="description">
        Only description
      </h2>
      <Text size="sm" c="dimmed" mb="xs">
        These figures are right for one look, at a size that was fixed before. Whoever looks again
        and again sees a p below 0.05 in four of ten experiments in which nothing differs, so no
        winner follows from them.
      </Text>
      <ScrollArea type="auto" offsetScrollbars="x" viewportProps={{ tabIndex: 0 }}>
        <Table fz="sm" className="tm-num" miw={620} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Variant</Table.Th>
              <Table.Th scope="col" ta="right">
                Difference
              </Table.Th>
              <Table.Th scope="col" ta="right">
                95 %, one look
              </Table.Th>
              <Table.Th scope="col" ta="right">
                z
              </Table.Th>
              <Table.Th scope="col" ta="right">
                p
              </Table.Th>
              <Table.Th scope="col" ta="right" title="Under uniform priors">
                Chance to beat the control
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {described.map(({ arm, description }) =>
              description ? (
                <Table.Tr key={arm}>
                  <Table.Th scope="row" fw={550} className={classes.armCell}>
                    {names[arm]}
                  </Table.Th>
                  <Table.Td ta="right">{points(-description.difference)}</Table.Td>
                  <Table.Td ta="right">
                    {pointsRange(gain(description.difference_interval))}
                  </Table.Td>
                  <Table.Td ta="right">{count(Number((-description.z).toFixed(2)))}</Table.Td>
                  <Table.Td ta="right">{chance(description.p)}</Table.Td>
                  <Table.Td ta="right">{likelihood(description.chance_to_beat)}</Table.Td>
                </Table.Tr>
              ) : null,
            )}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </section>
  );
}
