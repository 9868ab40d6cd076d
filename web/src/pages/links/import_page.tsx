// SPDX-License-Identifier: Apache-2.0
import { Anchor, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link as RouterLink, useSearchParams } from 'wouter';
import { Icon } from '../../ui/icons';
import { ImportClicks } from './import_clicks';
import { ImportLinks } from './import_links';

/** Links, or clicks of the past, from a file. */
export default function ImportPage() {
  useDocumentTitle('Import · Tallymark');
  const [params, setParams] = useSearchParams();
  const what = params.get('what') === 'clicks' ? 'clicks' : 'links';
  return (
    <Stack gap="lg">
      <Anchor component={RouterLink} href="/links" size="sm" c="dimmed" w="fit-content" mb={-10}>
        <Text span inherit style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
          <Icon name="left" size={14} /> Links
        </Text>
      </Anchor>
      <Title order={1}>Import</Title>
      <SegmentedControl
        aria-label="What to import"
        w="fit-content"
        value={what}
        onChange={(next) => setParams(next === 'links' ? {} : { what: next }, { replace: true })}
        data={[
          { value: 'links', label: 'Links' },
          { value: 'clicks', label: 'Clicks of the past' },
        ]}
      />
      {what === 'links' ? <ImportLinks /> : <ImportClicks />}
    </Stack>
  );
}
