// SPDX-License-Identifier: Apache-2.0
import { ScrollArea, Table, Text } from '@mantine/core';
import type { ExperimentReport } from '../../api/types';
import { count } from '../../ui/format';
import { chance, rate, rateRange } from '../../ui/rates';
import { countedAs, type Names, ratioWords } from './experiment_words';
import classes from './experiments.module.css';

const titles = {
  links: { trials: 'Impressions', successes: 'Clicks', rate: 'CTR' },
  variants: { trials: 'Unique clicks', successes: 'Converted', rate: 'Conversion rate' },
};

type Props = { report: ExperimentReport; names: Names };

/** What was counted for each arm, and the p from which the verdict follows. */
export function CountsTable({ report, names }: Props) {
  const { kind, result } = report;
  const title = titles[kind];
  const weighted = report.arms.some((arm) => arm.weight !== null);
  return (
    <section className={`tm-card ${classes.card}`} aria-labelledby="counts">
      <h2 className={classes.title} id="counts">
        Counts
      </h2>
      <ScrollArea type="auto" offsetScrollbars="x" viewportProps={{ tabIndex: 0 }}>
        <Table fz="sm" className="tm-num" miw={620} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Arm</Table.Th>
              {weighted && (
                <Table.Th scope="col" ta="right">
                  Weight
                </Table.Th>
              )}
              <Table.Th scope="col" ta="right">
                {title.trials}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {title.successes}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {title.rate}
              </Table.Th>
              <Table.Th scope="col" ta="right" title="Wilson, 95 %: how sure the rate alone is">
                95 % of the rate
              </Table.Th>
              <Table.Th scope="col" ta="right">
                Always-valid p
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.arms.map((arm, at) => {
              const variant = result.variants.find((one) => one.arm === at);
              return (
                <Table.Tr key={names[at]}>
                  <Table.Th scope="row" fw={550} className={classes.armCell}>
                    {names[at]}
                    {at === 0 && (
                      <Text span size="xs" c="dimmed">
                        {' '}
                        control
                      </Text>
                    )}
                  </Table.Th>
                  {weighted && <Table.Td ta="right">{count(report.arms[at]?.weight)}</Table.Td>}
                  <Table.Td ta="right">{count(arm.trials)}</Table.Td>
                  <Table.Td ta="right">{count(arm.successes)}</Table.Td>
                  <Table.Td ta="right">{rate(arm.rate)}</Table.Td>
                  <Table.Td ta="right">{rateRange(arm.rate_interval)}</Table.Td>
                  <Table.Td ta="right">
                    {variant?.enough_data ? chance(variant.always_valid_p) : '–'}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      <Text size="xs" c="dimmed" mt="xs">
        The verdict follows from the always-valid p and from nothing else: at or below{' '}
        {rate(result.alpha)} is a winner, at any look.{' '}
        {result.variants.length > 1 && 'It already counts that there are several variants. '}
        {kind === 'variants' && ratioWords(result.sample_ratio)}
        {kind === 'links' &&
          `Nothing divides ${countedAs.links.trials}: how often each link was shown does not matter.`}
      </Text>
    </section>
  );
}
