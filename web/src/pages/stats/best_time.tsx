// SPDX-License-Identifier: Apache-2.0
import { Button, Text } from '@mantine/core';
import type { BestTime } from '../../api/types';
import { slotName } from '../../charts/week';
import { Explain } from '../../ui/explain';
import { count, rate } from '../../ui/format';
import classes from './hours_card.module.css';

const reasons = {
  no_clicks: 'There are no clicks to tell from.',
  too_few_weeks: 'An hour has to be seen in three weeks at least before it means anything.',
  no_hour_stands_out: 'No hour stands out by more than chance allows.',
} as const;

function Evidence({ hour }: { hour: BestTime['hours'][number] }) {
  const { low, high } = hour.lift_interval;
  return (
    <li>
      <b>{slotName(hour)}</b>
      <span className={classes.lift}>{rate(hour.lift)} ×</span>
      <span className={classes.evidence}>
        {rate(low)} to {rate(high)} × the average hour · {count(hour.clicks)} clicks in {hour.weeks}{' '}
        weeks, {count(hour.busiest_week)} in the busiest
      </span>
    </li>
  );
}

/** When to send, with what speaks for it, or why nobody can tell. */
export function BestTimes({ data, longer }: { data: BestTime; longer: () => void }) {
  return (
    <div className={classes.best}>
      <h3 className={classes.subtitle}>
        Best time to send <Explain what="bestTime" />
      </h3>
      {data.reason ? (
        <>
          <Text size="sm" c="dimmed">
            {reasons[data.reason]}
          </Text>
          {data.reason === 'too_few_weeks' && (
            <Button size="xs" variant="default" mt="xs" onClick={longer}>
              Look at 90 days
            </Button>
          )}
        </>
      ) : (
        <ol className={classes.hours}>
          {data.hours.map((hour) => (
            <Evidence key={`${hour.weekday} ${hour.hour}`} hour={hour} />
          ))}
        </ol>
      )}
    </div>
  );
}
