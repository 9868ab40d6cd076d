// SPDX-License-Identifier: Apache-2.0
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'wouter';
import { useExports } from '../../api/exports';
import type { Export } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { CreateExportDialog } from './export_dialogs';
import { exportState, exportText } from './export_words';
import { ListRows } from './list_rows';
import { Page } from './page';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

function ExportRow({ item }: { item: Export }) {
  return (
    <li className={`${classes.row} ${classes.opens} ${classes.stacks}`}>
      <div className={classes.what}>
        <Link href={`/settings/exports/${item.id}`} className={classes.name}>
          {item.name}
        </Link>
        <Text size="sm" c="dimmed">
          {exportText(item)}
        </Text>
        <Text size="xs" c="dimmed" mt={2}>
          {count(item.files)} {item.files === 1 ? 'file' : 'files'} to download
          {item.waiting > 0 && ` · ${count(item.waiting)} to be written`}
        </Text>
      </div>
      <StateMark {...exportState(item)} />
    </li>
  );
}

/** Files that are written by themselves. */
export default function ExportsPage() {
  const list = useExports();
  const [creating, create] = useDisclosure(false);
  return (
    <Page
      title="Exports"
      aside={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={create.open}>
          New export
        </Button>
      }
    >
      <Section
        title="Scheduled exports"
        hint="A file for each hour, day, week or month, written when it is over and every click of it is stored. Days begin in the zone of reports."
      >
        <ListRows
          list={list}
          label="Scheduled exports"
          empty={
            <EmptyState icon="download" title="No scheduled exports">
              Have clicks or counts written as CSV, NDJSON or Parquet, as a report for somebody or
              to load into a warehouse.
            </EmptyState>
          }
        >
          {(item) => <ExportRow key={item.id} item={item} />}
        </ListRows>
      </Section>
      <CreateExportDialog opened={creating} onClose={create.close} />
    </Page>
  );
}
