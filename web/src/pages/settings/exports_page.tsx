// SPDX-License-Identifier: Apache-2.0
import { useCreateExport, useExports } from '../../api/exports';
import type { Export } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { count } from '../../ui/format';
import { ExportForm } from './export_form';
import { emptyExport, toCreate } from './export_values';
import { exportState, exportText } from './export_words';
import { CreateForm } from './item_forms';
import { ItemList } from './item_list';

function note({ files, waiting }: Export): string {
  const ready = `${count(files)} ${files === 1 ? 'file' : 'files'} to download`;
  return waiting > 0 ? `${ready} · ${count(waiting)} to be written` : ready;
}

/** Files that are written by themselves. */
export default function ExportsPage() {
  const create = useCreateExport();
  return (
    <ItemList
      title="Exports"
      at="/settings/exports"
      section={{
        title: 'Scheduled exports',
        hint: 'A file for each hour, day, week or month, written when it is over and every click of it is stored. Days begin in the zone of reports.',
      }}
      list={useExports()}
      empty={
        <EmptyState icon="download" title="No scheduled exports">
          Have clicks or counts written as CSV, NDJSON or Parquet, as a report for somebody or to
          load into a warehouse.
        </EmptyState>
      }
      row={(item) => ({ about: exportText(item), note: note(item), state: exportState(item) })}
      add={{
        label: 'New export',
        title: 'New scheduled export',
        form: (onClose, onMade) => (
          <CreateForm
            form={ExportForm}
            values={emptyExport}
            create={create}
            toBody={toCreate}
            {...{ onMade, onClose }}
          />
        ),
      }}
    />
  );
}
