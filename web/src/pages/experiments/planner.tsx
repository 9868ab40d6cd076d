// SPDX-License-Identifier: Apache-2.0
// How long an experiment takes, before it begins. Both sizes are the server's: for looking at the
// verdict all along, as the experiments here are read, and for looking once at the end.
import { Group, NumberInput, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { usePlan } from '../../api/experiments';
import { asApiError } from '../../api/problem';
import type { ExperimentPlan, PlanQuery } from '../../api/types';
import { Fields } from '../../ui/fields';
import { count } from '../../ui/format';
import { rate } from '../../ui/rates';
import classes from './experiments.module.css';

export type PlanForm = {
  base: number | string;
  lift: number | string;
  perDay: number | string;
  arms: number | string;
};

/** The question for the server; null while a field is empty or says nothing. */
export function planQuery({ base, lift, perDay, arms }: PlanForm): PlanQuery | null {
  if (typeof base !== 'number' || typeof lift !== 'number' || typeof arms !== 'number') return null;
  if (base <= 0 || base >= 100 || lift === 0 || lift <= -100 || arms < 2) return null;
  if (base * (1 + lift / 100) >= 100) return null;
  const query: PlanQuery = {
    base: base / 100,
    lift: lift / 100,
    weights: Array.from({ length: arms }, () => 1).join(','),
  };
  if (typeof perDay === 'number' && perDay > 0) query.per_day = perDay;
  return query;
}

function Size({
  size,
  title,
  hint,
}: {
  size: ExperimentPlan['fixed'];
  title: string;
  hint: string;
}) {
  return (
    <div className={classes.size}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text className={`tm-num ${classes.sizeNumber}`}>
        {size.days === null
          ? count(size.total)
          : `${count(size.days)} ${size.days === 1 ? 'day' : 'days'}`}
      </Text>
      <Text size="sm" className="tm-num">
        {count(size.total)} visitors, {count(size.arms[0])} in each arm
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {hint}
      </Text>
    </div>
  );
}

const percent = { suffix: ' %', decimalScale: 3, hideControls: true } as const;

export function Planner() {
  const [form, setForm] = useState<PlanForm>({ base: 5, lift: 10, perDay: 1000, arms: 2 });
  const [asked] = useDebouncedValue(form, 200);
  const query = planQuery(asked);
  const plan = usePlan(query);
  const field = (name: keyof PlanForm) => ({
    size: 'sm' as const,
    value: form[name],
    onChange: (value: number | string) => setForm((now) => ({ ...now, [name]: value })),
  });
  return (
    <section className={`tm-card ${classes.card}`} aria-labelledby="planner">
      <Title order={2} fz="md" id="planner">
        How long would it take?
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Small rates and small changes need many visitors. Better known before than after.
      </Text>
      <Fields four>
        <NumberInput
          label="Rate today"
          description="of clicks that convert, or CTR"
          min={0}
          max={100}
          {...percent}
          {...field('base')}
        />
        <NumberInput
          label="Change worth finding"
          description="of that rate, not in points"
          {...percent}
          {...field('lift')}
        />
        <NumberInput
          label="Visitors a day"
          description="of all arms together"
          min={0}
          thousandSeparator
          hideControls
          {...field('perDay')}
        />
        <NumberInput
          label="Arms"
          description="the control and its variants"
          min={2}
          max={10}
          {...field('arms')}
        />
      </Fields>
      <div aria-live="polite">
        {query === null ? (
          <Text size="sm" c="dimmed" mt="md">
            Rates lie between 0 and 100 %, and so must the changed one.
          </Text>
        ) : plan.error ? (
          <Text size="sm" c="var(--tm-bad)" mt="md">
            {asApiError(plan.error).message}
          </Text>
        ) : (
          plan.data && (
            <>
              <Text size="sm" mt="md" className="tm-num">
                To tell {rate(plan.data.target)} from {rate(plan.data.base)} four times in five:
              </Text>
              <Group align="stretch" gap="sm" mt="xs" className={classes.sizes}>
                <Size
                  size={plan.data.always_valid}
                  title="Looking all along"
                  hint="How experiments here are judged: look whenever you like. Many end sooner."
                />
                <Size
                  size={plan.data.fixed}
                  title="Looking once, at the end"
                  hint="A z test of a size fixed before. An earlier look makes it worthless."
                />
              </Group>
            </>
          )
        )}
      </div>
    </section>
  );
}
