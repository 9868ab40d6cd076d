// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { ApiError } from './problem';
import { createQueryClient, sessionKey } from './query_client';

const refused = (status: number) => () =>
  Promise.reject(new ApiError(status, 'x', 'x', '', null, null));

it('a 401 from any question ends the session', async () => {
  const client = createQueryClient();
  client.setQueryData(sessionKey, { user: 'ada' });
  await client.fetchQuery({ queryKey: ['links'], queryFn: refused(401) }).catch(() => null);
  expect(client.getQueryData(sessionKey)).toBeNull();
});

it('other refusals do not, and are not repeated', async () => {
  const client = createQueryClient();
  client.setQueryData(sessionKey, { user: 'ada' });
  let asked = 0;
  const queryFn = () => (asked++, refused(404)());
  const retry = client.getDefaultOptions().queries?.retry;
  await client
    .fetchQuery({ queryKey: ['link'], queryFn, ...(retry && { retry }) })
    .catch(() => null);
  expect(asked).toBe(1);
  expect(client.getQueryData(sessionKey)).toEqual({ user: 'ada' });
});
