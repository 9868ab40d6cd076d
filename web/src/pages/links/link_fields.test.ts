// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { firstPath, pathOf, sectionOf } from './link_fields';
import { emptyValues } from './link_values';
import { newCondition } from './rule_values';

const values = {
  ...emptyValues,
  rules: [
    { key: 'a', conditions: [newCondition('platform')], destination: '' },
    {
      key: 'b',
      conditions: [newCondition('query'), newCondition('country'), newCondition('time')],
      destination: '',
    },
  ],
  variants: [{ key: 'v', name: 'a', weight: 1, destination: '' } as const],
};

it.each([
  ['destination', 'destination', null],
  ['/token', 'token', null],
  ['tags[3]', 'tags', 'about'],
  ['utm.source', 'utm.source', 'utm'],
  ['utm.colour', null, null],
  ['ios.store_url', 'ios.store_url', 'platforms'],
  ['og.image_url', 'og.image_url', 'card'],
  ['rules[1].destination', 'rules.1.destination', 'rules'],
  ['rules[1].if.country', 'rules.1.conditions.1.values', 'rules'],
  ['rules[1].if.country[2]', 'rules.1.conditions.1.values', 'rules'],
  ['rules[1].if.time.tz', 'rules.1.conditions.2.tz', 'rules'],
  ['rules[1].if.query.name', 'rules.1.conditions.0.name', 'rules'],
  ['rules[1].if', 'rules.1.conditions', 'rules'],
  ['rules', 'rules', 'rules'],
  ['variants[0].name', 'variants.0.name', 'variants'],
  ['enabled', null, null],
])('%s is at %s', (field, path, section) => {
  expect(pathOf(field, values)).toBe(path);
  if (path) expect(sectionOf(path)).toBe(section);
});

it('firstPath goes down the form', () => {
  expect(firstPath(['og.title', 'rules.10.destination', 'rules.2.destination'])).toBe(
    'rules.2.destination',
  );
  expect(firstPath([])).toBeUndefined();
});
