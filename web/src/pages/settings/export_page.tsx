// SPDX-License-Identifier: Apache-2.0
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { exportFile, useExport, useExportRuns, usePatchExport } from '../../api/exports';
import type { Export, ExportRun } from '../../api/types';
import { bytes } from '../../ui/bytes';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import { FormError } from '../../ui/form_error';
import { count, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import { BucketTestDialog } from './bucket_test_dialog';
import { DeleteExportDialog, EditExportDialog } from './export_dialogs';
import { exportState, exportText, runState, uploadWords } from './export_words';
import { ListRows, RowsPlaceholder } from './list_rows';
import { Page } from './page';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

const back = { to: '/settings/exports', label: 'Exports' };

function Actions({ item }: { item: Export }) {
  const patch = usePatchExport(item.id);
  const [editing, edit] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  const [testing, test] = useDisclosure(false);
  return (
    <>
      {patch.error && <FormError error={patch.error} />}
      <Group gap="xs">
        <Button size="xs" onClick={edit.open}>
          Edit
        </Button>
        {item.bucket && (
          <Button size="xs" variant="default" onClick={test.open}>
            Test the bucket
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          loading={patch.isPending}
          onClick={() => patch.mutate({ enabled: !item.enabled })}
        >
          {item.enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Button size="xs" variant="default" onClick={remove.open}>
          Delete
        </Button>
      </Group>
      <EditExportDialog item={item} opened={editing} onClose={edit.close} />
      <DeleteExportDialog item={item} opened={deleting} onClose={remove.close} />
      {item.bucket && <BucketTestDialog item={item} opened={testing} onClose={test.close} />}
    </>
  );
}

function Facts({ item }: { item: Export }) {
  const [tz] = useTimeZone();
  return (
    <Section title="What is written">
      <dl className={classes.facts}>
        <dt>A file holds</dt>
        <dd>{exportText(item)}</dd>
        {Object.entries(item.filters).map(([name, value]) => (
          <div key={name} className={classes.contents}>
            <dt>Only {name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <dt>Since</dt>
        <dd>{time(item.from, 'day', tz)}</dd>
        <dt>Kept</dt>
        <dd>
          the newest {count(item.keep)} {item.keep === 1 ? 'file' : 'files'}
        </dd>
        {item.bucket && (
          <>
            <dt>Bucket</dt>
            <dd>
              {[item.bucket.endpoint, item.bucket.name, item.bucket.prefix]
                .filter((part) => part !== '')
                .join('/')}
              {item.bucket.waiting > 0 && `, ${count(item.bucket.waiting)} files on their way`}
              {item.bucket.missed > 0 &&
                `, ${count(item.bucket.missed)} files were gone before they could be put`}
            </dd>
          </>
        )}
        {item.bucket?.error && (
          <>
            <dt>The bucket says</dt>
            <dd>{item.bucket.error}</dd>
          </>
        )}
        {item.error && (
          <>
            <dt>What is wrong</dt>
            <dd>{item.error}</dd>
          </>
        )}
        {item.passed_by > 0 && (
          <>
            <dt>Left out</dt>
            <dd>{count(item.passed_by)} periods that were too many to make up for</dd>
          </>
        )}
      </dl>
    </Section>
  );
}

function RunRow({ id, run }: { id: string; run: ExportRun }) {
  const [tz] = useTimeZone();
  const facts = [
    run.rows !== null ? `${count(run.rows)} ${run.rows === 1 ? 'row' : 'rows'}` : null,
    run.bytes !== null ? bytes(run.bytes) : null,
    run.finished_at ? `written ${time(run.finished_at, 'full', tz)}` : null,
    run.upload ? uploadWords[run.upload.state] : null,
    run.incomplete ? 'clicks of this time went unrecorded' : null,
    run.next_try_at ? `next try ${time(run.next_try_at, 'full', tz)}` : null,
  ].filter((fact) => fact !== null);
  return (
    <li className={`${classes.row} ${classes.stacks}`}>
      <div className={classes.what}>
        <Group gap="sm">
          <Text fw={600} className="tm-num">
            {run.of}
          </Text>
          <StateMark {...runState(run)} />
        </Group>
        {facts.length > 0 && (
          <Text size="xs" c="dimmed">
            {facts.join(' · ')}
          </Text>
        )}
        {(run.error ?? run.upload?.error) && (
          <Text size="sm" c="var(--tm-bad)" className={classes.anywhere}>
            {run.error ?? run.upload?.error}
          </Text>
        )}
      </div>
      {run.state === 'ready' && (
        <Anchor
          size="sm"
          href={exportFile(id, run.of)}
          download={run.file ?? true}
          aria-label={`Download ${run.of}`}
        >
          Download
        </Anchor>
      )}
    </li>
  );
}

/** One scheduled export: what it writes and its files. */
export default function ExportPage({ id }: { id: string }) {
  const item = useExport(id);
  const runs = useExportRuns(id);
  if (!item.data)
    return (
      <Page title="Export" back={back}>
        <div className="tm-card">
          {item.error ? (
            <ErrorPanel error={item.error} retry={() => void item.refetch()} />
          ) : (
            <RowsPlaceholder />
          )}
        </div>
      </Page>
    );
  return (
    <Page title={item.data.name} back={back} aside={<StateMark {...exportState(item.data)} />}>
      <Actions item={item.data} />
      <Facts item={item.data} />
      <Section title="Files" hint="Newest first.">
        <ListRows
          list={runs}
          label="Files"
          empty={
            <EmptyState icon="download" title="No file yet">
              The first one is written when its period is over.
            </EmptyState>
          }
        >
          {(run) => <RunRow key={run.id} id={id} run={run} />}
        </ListRows>
      </Section>
    </Page>
  );
}
