// SPDX-License-Identifier: Apache-2.0
// A link's rules as the form holds them: each a list of conditions, so that the reader adds and
// takes away one at a time, where the API has one object with a name for each kind.
import type { LinkRule } from '../../api/types';
import { browserZone } from '../../ui/time_zone';

export const listKinds = ['country', 'platform', 'device', 'language', 'region'] as const;
export type ListKind = (typeof listKinds)[number];
export type ConditionKind = ListKind | 'time' | 'query';
export const conditionKinds: readonly ConditionKind[] = [...listKinds, 'time', 'query'];

export type Condition = {
  kind: ConditionKind;
  /** Of a list: any of these. */
  values: string[];
  /** Of a time: days from '1', Monday; none for all. */
  weekdays: string[];
  from: string;
  to: string;
  tz: string;
  /** Of a parameter of the short URL; '' for any value. */
  name: string;
  value: string;
};

export type RuleValues = { key: string; conditions: Condition[]; destination: string };
export type VariantValues = { key: string; name: string; weight: number | ''; destination: string };

let keys = 0;
/** A name for a new row of a form, unlike those of all others. */
export const newKey = (): string => `new${(keys += 1)}`;

export function newCondition(kind: ConditionKind): Condition {
  const workday = kind === 'time' ? { from: '09:00', to: '17:00', tz: browserZone() } : null;
  return {
    kind,
    values: [],
    weekdays: [],
    from: '',
    to: '',
    tz: '',
    name: '',
    value: '',
    ...workday,
  };
}

type If = LinkRule['if'];

function conditionsOf(rule: If): Condition[] {
  const found: Condition[] = [];
  for (const kind of listKinds) {
    const values = rule[kind] as string[] | undefined;
    if (values && values.length > 0) found.push({ ...newCondition(kind), values: [...values] });
  }
  if (rule.time) {
    const { weekdays, from, to, tz } = rule.time;
    found.push({
      ...newCondition('time'),
      weekdays: (weekdays ?? []).map(String),
      from: from ?? '00:00',
      to: to ?? '24:00',
      tz: tz ?? 'UTC',
    });
  }
  if (rule.query) {
    const { name, value } = rule.query;
    found.push({ ...newCondition('query'), name, value: value ?? '' });
  }
  return found;
}

export function rulesOf(rules: readonly LinkRule[]): RuleValues[] {
  return rules.map((rule, index) => ({
    key: `rule${index}`,
    conditions: conditionsOf(rule.if),
    destination: rule.destination,
  }));
}

function ifOf(conditions: readonly Condition[]): If {
  const rule: Record<string, unknown> = {};
  for (const one of conditions) {
    if (one.kind === 'time') {
      const weekdays = one.weekdays.map(Number).sort();
      const days = weekdays.length > 0 && weekdays.length < 7 ? { weekdays } : {};
      rule.time = {
        ...days,
        from: one.from || '00:00',
        to: one.to || '24:00',
        tz: one.tz || 'UTC',
      };
    } else if (one.kind === 'query') {
      rule.query = { name: one.name.trim(), ...(one.value ? { value: one.value } : {}) };
    } else {
      rule[one.kind] = one.values;
    }
  }
  return rule as If;
}

/** The rules as the API takes them; `address` completes a destination. */
export function rulesBody(rules: readonly RuleValues[], address: (text: string) => string) {
  return rules.map((rule) => ({
    if: ifOf(rule.conditions),
    destination: address(rule.destination),
  }));
}

/** What is wrong with the rules, by field of the form. */
export function checkRules(rules: readonly RuleValues[]): Record<string, string> {
  const problems: Record<string, string> = {};
  rules.forEach((rule, index) => {
    const at = `rules.${index}`;
    if (rule.conditions.length === 0) problems[`${at}.conditions`] = 'For whom is this rule?';
    rule.conditions.forEach((one, place) => {
      const here = `${at}.conditions.${place}`;
      if (one.kind === 'time') {
        if ((one.from || '00:00') === (one.to || '24:00'))
          problems[`${here}.to`] = 'Must differ from the beginning';
      } else if (one.kind === 'query') {
        if (one.name.trim() === '') problems[`${here}.name`] = 'Which parameter?';
      } else if (one.values.length === 0) {
        problems[`${here}.values`] = 'Choose at least one';
      }
    });
  });
  return problems;
}
