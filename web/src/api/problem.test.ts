// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { ApiError, asApiError, errorFromAnswer, placeError } from './problem';

describe('errorFromAnswer', () => {
  it('keeps what problem+json says', () => {
    const error = errorFromAnswer(
      422,
      {
        title: 'Invalid',
        detail: 'not a URL',
        code: 'invalid',
        field: 'destination',
        request_id: 'r1',
      },
      new Headers(),
    );
    expect(error).toMatchObject({
      status: 422,
      code: 'invalid',
      detail: 'not a URL',
      field: 'destination',
      requestId: 'r1',
    });
    expect(error.message).toBe('not a URL');
  });

  it.each([
    [502, '<html>bad gateway</html>', 'http_502', 'The server answered 502'],
    [503, undefined, 'http_503', 'Temporarily unavailable'],
    [500, null, 'http_500', 'The server answered 500'],
    [404, { title: 7, detail: ['x'] }, 'http_404', 'Not found'],
  ])('%i with a foreign body still reads well', (status, body, code, title) => {
    const error = errorFromAnswer(status, body, new Headers({ 'x-request-id': 'h1' }));
    expect(error).toMatchObject({ code, title, detail: '', field: null, requestId: 'h1' });
  });
});

describe('placeError', () => {
  const fields = ['destination', 'tags', 'utm.source'];
  const refused = (field: string | null) => new ApiError(422, 'invalid', 'No', 'why', field, null);

  it.each([
    ['destination', 'destination'],
    ['utm.source', 'utm.source'],
    ['/utm/source', 'utm.source'],
    ['tags[3]', 'tags'],
    ['/tags/3', 'tags'],
  ])('%s is shown at %s', (field, at) => {
    expect(placeError(refused(field), fields)).toEqual({ field: at, message: 'why' });
  });

  it.each([null, 'rules', ''])('%s has no place of its own', (field) => {
    expect(placeError(refused(field), fields)).toBeNull();
  });
});

it('asApiError wraps what pages throw', () => {
  expect(asApiError(new Error('boom'))).toMatchObject({ code: 'internal', detail: 'boom' });
  const original = errorFromAnswer(400, {}, new Headers());
  expect(asApiError(original)).toBe(original);
});

it('what is wrong with single entries is kept', () => {
  const body = {
    code: 'invalid_items',
    errors: [{ index: 0, line: 2, field: 'impressions', detail: 'must be a whole number' }, {}],
  };
  expect(errorFromAnswer(422, body, new Headers()).items).toEqual([
    { line: 2, index: 0, field: 'impressions', detail: 'must be a whole number' },
    { line: null, index: 0, field: '', detail: '' },
  ]);
  expect(errorFromAnswer(404, {}, new Headers()).items).toEqual([]);
});
