// SPDX-License-Identifier: Apache-2.0
import { Checkbox, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Fields } from '../../ui/fields';
import type { ExportValues } from './export_values';

type Props = {
  form: UseFormReturnType<ExportValues>;
  /** Whether the server has a secret already, which an empty field leaves as it is. */
  hasSecret: boolean;
};

/** Where files are put besides the server's disk: Amazon S3 and whatever speaks its protocol. */
export function BucketFields({ form, hasSecret }: Props) {
  return (
    <Stack gap="md">
      <Switch
        label="Put files into a bucket as well"
        description="Amazon S3, Google Cloud Storage, Cloudflare R2, MinIO: from there a warehouse loads them. Clicks that are erased go from the bucket too."
        {...form.getInputProps('bucket.on', { type: 'checkbox' })}
      />
      {form.values.bucket.on && (
        <>
          <TextInput
            label="Endpoint"
            description="The server alone, with nothing behind it."
            placeholder="https://s3.eu-central-1.amazonaws.com"
            type="url"
            autoComplete="off"
            {...form.getInputProps('bucket.endpoint')}
          />
          <Fields>
            <TextInput
              label="Bucket"
              placeholder="clicks"
              autoComplete="off"
              {...form.getInputProps('bucket.name')}
            />
            <TextInput
              label="Region"
              description="auto for Google and Cloudflare."
              autoComplete="off"
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...form.getInputProps('bucket.region')}
            />
          </Fields>
          <TextInput
            label="Folder"
            description="What all names begin with. No two exports share one; empty is the bucket’s root."
            placeholder="tallymark/clicks"
            autoComplete="off"
            {...form.getInputProps('bucket.prefix')}
          />
          <Fields>
            <TextInput
              label="Access key id"
              autoComplete="off"
              {...form.getInputProps('bucket.access_key_id')}
            />
            <PasswordInput
              label="Secret access key"
              autoComplete="off"
              placeholder={hasSecret ? 'As it is' : ''}
              {...form.getInputProps('bucket.secret_access_key')}
            />
          </Fields>
          <Checkbox
            label="The bucket is named in the path"
            description="https://HOST/BUCKET/… and not https://BUCKET.HOST/…: for MinIO, and where the endpoint is an address."
            {...form.getInputProps('bucket.path_style', { type: 'checkbox' })}
          />
        </>
      )}
    </Stack>
  );
}
