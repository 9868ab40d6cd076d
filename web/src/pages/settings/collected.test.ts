// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Meta } from '../../api/types';
import { collected, type Policy, toldPolicy } from './collected';

const unknown: Policy = { ip: null, signals: null, retentionDays: null, experimentCookie: null };

function text(policy: Policy): string {
  return collected(policy)
    .flatMap(({ items }) => items)
    .join('\n');
}

test('what is not known is not promised', () => {
  const words = text(unknown);
  expect(words).toContain('unless the operator has asked');
  expect(words).toContain('is for the operator to say');
  expect(words).toContain('As long as the operator has decided');
  expect(words).toContain('where the operator has switched it on');
});

test('what is known is said', () => {
  const strict = text({
    ip: 'none',
    signals: 'do_not_record',
    retentionDays: 90,
    experimentCookie: false,
  });
  expect(strict).toContain('thrown away');
  expect(strict).toContain('only the time, the link and its outcome');
  expect(strict).toContain('deleted when they are 90 days old');
  expect(strict).not.toContain('exception');
  const loose = text({ ip: 'full', signals: 'ignore', retentionDays: 0, experimentCookie: true });
  expect(loose).toContain('It is stored with the click.');
  expect(loose).toContain('change nothing here');
  expect(loose).toContain('until somebody erases them');
  expect(loose).toContain('One exception to none');
});

test('the server says its settings, and those of its one workspace', () => {
  expect(toldPolicy(undefined)).toEqual(unknown);
  const privacy = { ip: 'truncated', signals: 'ignore', workspace: null } as const;
  const meta: Meta = { version: '0.1.0', geo_attribution: null, privacy };
  expect(toldPolicy(meta)).toEqual({ ...unknown, ip: 'truncated', signals: 'ignore' });
  const told = (retention_days: number | null) =>
    toldPolicy({
      ...meta,
      privacy: { ...privacy, workspace: { retention_days, experiment_cookie: true } },
    });
  expect(told(90)).toMatchObject({ retentionDays: 90, experimentCookie: true });
  expect(told(null)).toMatchObject({ retentionDays: 0, experimentCookie: true });
});
