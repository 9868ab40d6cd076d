// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { unwrap } from './client';

const answer = (status: number, error?: unknown) =>
  Promise.resolve({ error, response: new Response(null, { status }) });

it('returns the body', async () => {
  const response = new Response(null, { status: 200 });
  await expect(unwrap(Promise.resolve({ data: { n: 1 }, response }))).resolves.toEqual({ n: 1 });
});

it('an empty answer is not an error', async () => {
  await expect(unwrap(answer(204))).resolves.toBeUndefined();
});

it('a refusal carries field and request id', async () => {
  const body = {
    code: 'bad_scheme',
    detail: 'must be https',
    field: 'destination',
    request_id: 'r',
  };
  await expect(unwrap(answer(422, body))).rejects.toMatchObject({
    status: 422,
    code: 'bad_scheme',
    field: 'destination',
    requestId: 'r',
  });
});

it('no answer is unreachable, a cancelled question is neither', async () => {
  const lost = Promise.reject(new TypeError('Failed to fetch'));
  await expect(unwrap(lost)).rejects.toMatchObject({ status: 0, code: 'unreachable' });
  const cancelled = Promise.reject(new DOMException('stop', 'AbortError'));
  await expect(unwrap(cancelled)).rejects.toMatchObject({ name: 'AbortError' });
});
