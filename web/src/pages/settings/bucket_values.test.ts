// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { bucketOf, bucketPatch, bucketValues } from './bucket_values';

const place = {
  endpoint: 'https://s3.example',
  region: 'us-east-1',
  name: 'clicks',
  prefix: '',
  access_key_id: 'AK',
  path_style: false,
};
const none = bucketValues(null);
const some = { ...none, ...place, on: true };

test('a bucket that is off is none', () => {
  expect(bucketOf(none)).toBeNull();
  expect(bucketOf({ ...some, on: false })).toBeNull();
});

test('a secret is sent when there is one', () => {
  expect(bucketOf(some)).toEqual(place);
  expect(bucketOf({ ...some, secret_access_key: 's' })).toEqual({
    ...place,
    secret_access_key: 's',
  });
});

test('a patch has what changed', () => {
  expect(bucketPatch(none, none)).toBeUndefined();
  expect(bucketPatch(some, some)).toBeUndefined();
  expect(bucketPatch(some, none)).toBeNull();
  expect(bucketPatch(none, some)).toEqual(place);
  expect(bucketPatch(some, { ...some, prefix: 'a ', secret_access_key: 's' })).toEqual({
    prefix: 'a',
    secret_access_key: 's',
  });
});
