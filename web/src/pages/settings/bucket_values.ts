// SPDX-License-Identifier: Apache-2.0
// A bucket as a form asks for it. Its secret is in no answer, so an empty one means: as it is.
import type { BucketInput, Export } from '../../api/types';

export type BucketValues = {
  on: boolean;
  endpoint: string;
  region: string;
  name: string;
  prefix: string;
  access_key_id: string;
  secret_access_key: string;
  path_style: boolean;
};

export function bucketValues(bucket: Export['bucket']): BucketValues {
  return {
    on: bucket !== null,
    endpoint: bucket?.endpoint ?? '',
    region: bucket?.region ?? 'us-east-1',
    name: bucket?.name ?? '',
    prefix: bucket?.prefix ?? '',
    access_key_id: bucket?.access_key_id ?? '',
    secret_access_key: '',
    path_style: bucket?.path_style ?? false,
  };
}

/** To make something with; null without one. */
export function bucketOf({ on, secret_access_key, ...rest }: BucketValues): BucketInput | null {
  if (!on) return null;
  const trimmed = {
    ...rest,
    endpoint: rest.endpoint.trim(),
    region: rest.region.trim(),
    name: rest.name.trim(),
    prefix: rest.prefix.trim(),
    access_key_id: rest.access_key_id.trim(),
  };
  return secret_access_key ? { ...trimmed, secret_access_key } : trimmed;
}

/** A merge-patch: null takes the bucket away, undefined leaves it as it is. */
export function bucketPatch(
  before: BucketValues,
  after: BucketValues,
): BucketInput | null | undefined {
  const now = bucketOf(after);
  const old = bucketOf(before);
  if (now === null) return old === null ? undefined : null;
  if (old === null) return now;
  const changed = Object.entries(now).filter(
    ([name, value]) => old[name as keyof BucketInput] !== value,
  );
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}
