// SPDX-License-Identifier: Apache-2.0
// Clicks of the past from a file. All of it is checked before any of it is stored, so that a
// mistake in the last line leaves nothing half done; the same file again stores nothing twice.
import { Button, Group, Progress as Bar, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink } from 'wouter';
import { api, unwrap } from '../../api/client';
import { postClicks, type Refusal } from '../../api/imports';
import { useLeaveWarning } from '../../ui/drafts';
import { FileDrop } from '../../ui/file_drop';
import { FormError } from '../../ui/form_error';
import { count } from '../../ui/format';
import { clickPieces } from '../stats/click_pieces';
import { FaultList } from './import_faults';

/** A file larger than this is for the command line, which reads it piece by piece. */
const mostBytes = 256 * 1024 * 1024;

type Running = { step: 'checking' | 'storing'; done: number; of: number };

type State =
  | { step: 'choose'; problem?: string }
  | Running
  | { step: 'refused'; refusal: Refusal; stored: number }
  | { step: 'done'; added: number; known: number };

const isRunning = (state: State): state is Running =>
  state.step === 'checking' || state.step === 'storing';

/** Whether first clicks are still being worked out after an import. */
function Counting() {
  const { data } = useQuery({
    queryKey: ['import_state'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/import/clicks', { signal })),
    refetchInterval: ({ state }) => (state.data?.counting === false ? false : 2000),
  });
  return (
    <Text size="sm" c="dimmed" role="status">
      {data?.counting === false
        ? 'All of them are counted.'
        : 'Unique clicks of those days are being worked out …'}
    </Text>
  );
}

function Refused({ refusal, stored }: { refusal: Refusal; stored: number }) {
  const faults = refusal.faults.map(({ line, field, detail }) => ({
    line: line ?? 0,
    field: field ?? '',
    detail,
  }));
  return (
    <>
      <Text fw={650} fz="lg" role="status">
        {stored === 0 ? 'Nothing was stored' : `${count(stored)} clicks were stored before it`}
      </Text>
      {faults.length > 0 ? <FaultList faults={faults} /> : <FormError error={refusal.error} />}
    </>
  );
}

export function ImportClicks() {
  const [state, setState] = useState<State>({ step: 'choose' });
  useLeaveWarning(isRunning(state));

  const start = async (file: File) => {
    if (file.size > mostBytes) {
      const problem = 'That file is too large for a browser. Use: tallymark import clicks';
      return setState({ step: 'choose', problem });
    }
    const pieces = clickPieces(file.name, await file.text());
    if (pieces.length === 0) {
      return setState({ step: 'choose', problem: 'There is no click in that file.' });
    }
    let added = 0;
    let known = 0;
    for (const step of ['checking', 'storing'] as const) {
      for (const [index, piece] of pieces.entries()) {
        setState({ step, done: index, of: pieces.length });
        const sent = await postClicks(piece, step === 'checking', index < pieces.length - 1);
        if ('refusal' in sent) {
          return setState({ step: 'refused', refusal: sent.refusal, stored: added });
        }
        added += sent.result.added;
        known += sent.result.known;
      }
    }
    setState({ step: 'done', added, known });
  };

  if (state.step === 'choose') {
    return (
      <Stack gap="sm">
        <FileDrop
          accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
          onFile={(file) => void start(file)}
        >
          CSV or NDJSON, one click a line, with the names of an export: <b>time</b> and the link’s{' '}
          <b>prefix</b> (and <b>token</b>, <b>domain</b>) are needed, everything else is taken when
          it is there: country, platform, referrer_host, campaign, … The links have to exist.
        </FileDrop>
        {state.problem && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {state.problem}
          </Text>
        )}
      </Stack>
    );
  }
  if (isRunning(state)) {
    const share = (state.done + (state.step === 'storing' ? state.of : 0)) / (2 * state.of);
    return (
      <Stack gap="sm" className="tm-card" p="lg">
        <Text fw={600} role="status">
          {state.step === 'checking' ? 'Checking' : 'Storing'} part {count(state.done + 1)} of{' '}
          {count(state.of)} …
        </Text>
        <Bar value={100 * share} animated aria-label="Imported so far" />
      </Stack>
    );
  }
  const again = () => setState({ step: 'choose' });
  return (
    <Stack gap="md" className="tm-card" p="lg">
      {state.step === 'refused' ? (
        <Refused refusal={state.refusal} stored={state.stored} />
      ) : (
        <>
          <Text fw={650} fz="lg" role="status">
            {count(state.added)} clicks imported
            {state.known > 0 && `, ${count(state.known)} were there already`}
          </Text>
          <Counting />
        </>
      )}
      <Group gap="sm">
        {state.step === 'done' && (
          <Button component={RouterLink} href="/?range=all">
            See them
          </Button>
        )}
        <Button variant="default" onClick={again}>
          Another file
        </Button>
      </Group>
    </Stack>
  );
}
