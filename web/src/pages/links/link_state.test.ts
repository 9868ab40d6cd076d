// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { closedState, scheduleText } from './link_state';

const early = '2026-11-01T00:00:00.000Z';
const now = new Date('2026-11-22T10:00:00Z');
const late = '2026-12-01T00:00:00.000Z';

it.each([
  [true, null, null, null, null],
  [false, null, null, 'Disabled', null],
  [true, early, null, null, null],
  [true, early, late, null, `Closes ${late}`],
  [true, late, null, 'Not open yet', `Opens ${late}`],
  [true, null, early, 'Expired', `Closed ${early}`],
  [true, null, now.toISOString(), 'Expired', `Closed ${now.toISOString()}`],
  [true, now.toISOString(), late, null, `Closes ${late}`],
  [false, late, null, 'Disabled', `Opens ${late}`],
])('enabled %s, %s to %s is %s', (enabled, starts_at, expires_at, state, text) => {
  const link = { enabled, starts_at, expires_at };
  expect(closedState(link, now)).toBe(state);
  expect(scheduleText(link, now, (iso) => iso)).toBe(text);
});
