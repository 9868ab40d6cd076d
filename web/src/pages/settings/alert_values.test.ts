// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Alert } from '../../api/types';
import { checkAlert, emptyAlert, toCreate, toPatch, valuesOf } from './alert_values';

const named = { ...emptyAlert, name: 'Sale' };
const common = { name: 'Sale', recipients: [], quiet_minutes: 60, filters: {} };

test('each kind sends what it has and no more', () => {
  expect(toCreate(named)).toEqual({ ...common, what: 'spike', interval: 'hour' });
  expect(toCreate({ ...named, what: 'drop', platform: 'ios' })).toEqual({
    ...common,
    what: 'drop',
    interval: 'hour',
    platform: 'ios',
  });
  expect(toCreate({ ...named, what: 'bots_share', percent: 35 })).toMatchObject({ value: 0.35 });
  expect(toCreate({ ...named, what: 'no_clicks', hours: 6 })).toEqual({
    ...common,
    what: 'no_clicks',
    hours: 6,
  });
  expect(toCreate({ ...named, what: 'threshold', value: 5, bound: 'below' })).toMatchObject({
    measure: 'clicks',
    bound: 'below',
    value: 5,
  });
});

test('a patch has what changed', () => {
  const before = { ...named, filters: [{ name: 'country', value: 'DE' }] };
  expect(toPatch(before, { ...before })).toBeNull();
  expect(toPatch(before, { ...before, filters: [], recipients: ['a@b.c'] })).toEqual({
    filters: { country: null },
    recipients: ['a@b.c'],
  });
});

test('a share is shown in percent', () => {
  const alert = { ...toCreate(named), what: 'bots_share', value: 0.29 } as unknown as Alert;
  expect(valuesOf(alert)).toMatchObject({ percent: 29 });
});

test('a number that is missing is asked for', () => {
  expect(checkAlert({ ...named, what: 'no_clicks', hours: '' })).toHaveProperty('hours');
  expect(checkAlert({ ...named, hours: '' })).toEqual({});
});
