// SPDX-License-Identifier: Apache-2.0
// Many figures at once, from a file or pasted. The text goes to the server as it is, which takes all
// of it or none and names the lines it refuses.
import {
  Button,
  Code,
  FileButton,
  Group,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import { useState } from 'react';
import { type FigureKind, useEnterCsv } from '../../api/figures';
import { asApiError } from '../../api/problem';
import { FormError } from '../../ui/form_error';
import { count } from '../../ui/format';

const kinds: { value: FigureKind; label: string }[] = [
  { value: 'impressions', label: 'Impressions' },
  { value: 'costs', label: 'Costs' },
];
const heads: Record<FigureKind, string> = {
  impressions: 'link,day,impressions',
  costs: 'link,day,amount',
};
const examples: Record<FigureKind, string> = {
  impressions: 'link,day,impressions\n/spring/newsletter,2026-11-28,12000',
  costs: 'link,day,amount\n/spring/newsletter,2026-11-28,49.90',
};
/** More refused lines than this are counted, not listed. */
const listed = 20;

function Refused({ error }: { error: unknown }) {
  const { items } = asApiError(error);
  if (items.length === 0) return null;
  return (
    <Stack gap={2} component="ul" m={0} pl="md" fz="sm">
      {items.slice(0, listed).map(({ line, index, field, detail }) => (
        <li key={index}>
          Line {count(line ?? index + 2)}
          {field && `, ${field}`}: {detail}
        </li>
      ))}
      {items.length > listed && <li>and {count(items.length - listed)} more</li>}
    </Stack>
  );
}

export function CsvForm() {
  const [kind, setKind] = useState<FigureKind>('impressions');
  const [text, setText] = useState('');
  const enter = useEnterCsv(kind);
  const send = () => enter.mutate(text, { onSuccess: () => setText('') });
  return (
    <Stack gap="sm">
      {enter.error && (
        <>
          <FormError error={enter.error} />
          <Refused error={enter.error} />
        </>
      )}
      <SegmentedControl
        aria-label="What the file holds"
        data={kinds}
        value={kind}
        onChange={(wish) => (enter.reset(), setKind(wish as FigureKind))}
      />
      <Text size="sm" c="dimmed">
        The first line names the columns: <Code>{heads[kind]}</Code>. A link is its id or the path
        of its short address; a day is <Code>2026-11-28</Code>. All lines are taken or none.
      </Text>
      <Textarea
        aria-label="CSV"
        placeholder={examples[kind]}
        autosize
        minRows={5}
        maxRows={14}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="space-between" gap="sm">
        <FileButton
          accept=".csv,text/csv,text/plain"
          onChange={(file) => void file?.text().then(setText)}
        >
          {(props) => (
            <Button variant="default" {...props}>
              Choose a file
            </Button>
          )}
        </FileButton>
        <Button disabled={text.trim() === ''} loading={enter.isPending} onClick={send}>
          Enter
        </Button>
      </Group>
      <Text size="sm" role="status" c="var(--tm-good)">
        {enter.data && `${count(enter.data.entries)} entered.`}
      </Text>
    </Stack>
  );
}
