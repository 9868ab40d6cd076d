// SPDX-License-Identifier: Apache-2.0
import { Anchor, Group, Text } from '@mantine/core';
import {
  exportFile,
  useDeleteExport,
  useExport,
  useExportRuns,
  usePatchExport,
} from '../../api/exports';
import type { Export, ExportRun } from '../../api/types';
import { bytes } from '../../ui/bytes';
import { EmptyState } from '../../ui/empty_state';
import { count, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import rows from '../../ui/rows.module.css';
import { BucketTest } from './bucket_test';
import { DialogButton } from './dialog_button';
import { ExportForm } from './export_form';
import { toPatch, valuesOf } from './export_values';
import { exportState, exportText, runState, uploadWords } from './export_words';
import { EditForm } from './item_forms';
import { ItemActions, ItemPage } from './item_page';
import { ListRows } from './list_rows';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

const back = { to: '/settings/exports', label: 'Exports' };

function Actions({ item }: { item: Export }) {
  const patch = usePatchExport(item.id);
  return (
    <ItemActions
      item={item}
      what="export"
      back={back}
      patch={patch}
      remove={useDeleteExport(item.id)}
      edit={{
        title: 'Edit scheduled export',
        form: (onClose) => (
          <EditForm
            form={ExportForm}
            values={valuesOf(item)}
            saved="It holds for files that are not written yet."
            {...{ patch, toPatch, onClose }}
          />
        ),
      }}
      gone={
        <>
          is written no more, and its {count(item.files)}{' '}
          {item.files === 1 ? 'file goes' : 'files go'} with it; what is in a bucket stays there.
        </>
      }
    >
      {item.bucket && (
        <DialogButton
          size="xs"
          variant="default"
          label="Test the bucket"
          title="A test of the bucket"
        >
          {(onClose) => <BucketTest {...{ item, onClose }} />}
        </DialogButton>
      )}
    </ItemActions>
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
    <li className={`${rows.row} ${rows.stacks}`}>
      <div className={rows.what}>
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

function Files({ id }: { id: string }) {
  return (
    <Section title="Files" hint="Newest first.">
      <ListRows
        list={useExportRuns(id)}
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
  );
}

/** One scheduled export: what it writes and its files. */
export default function ExportPage({ id }: { id: string }) {
  return (
    <ItemPage title="Export" back={back} answer={useExport(id)} state={exportState}>
      {(item) => (
        <>
          <Actions item={item} />
          <Facts item={item} />
          <Files id={id} />
        </>
      )}
    </ItemPage>
  );
}
