// SPDX-License-Identifier: Apache-2.0
import { useAlerts, useCreateAlert } from '../../api/alerts';
import type { Alert } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { ago } from '../../ui/format';
import { AlertForm } from './alert_form';
import { emptyAlert, toCreate } from './alert_values';
import { alertState, ruleText } from './alert_words';
import { CreateForm } from './item_forms';
import { ItemList } from './item_list';

function note({ evaluated_at, recipients }: Alert): string {
  const judged = evaluated_at ? `last judged ${ago(evaluated_at, new Date())}` : 'not judged yet';
  return recipients.length > 0 ? `${judged} · mails ${recipients.join(', ')}` : judged;
}

/** What is watched, and how it stands. */
export default function AlertsPage() {
  const create = useCreateAlert();
  return (
    <ItemList
      title="Alerts"
      at="/settings/alerts"
      section={{
        title: 'What is watched',
        hint: 'Each hour or day is judged once, when it is over and every click of it is stored. What fires is mailed, told to webhooks that ask for it, and written down here.',
      }}
      list={useAlerts()}
      empty={
        <EmptyState icon="bell" title="Nothing is watched">
          Be told when a link takes off, when a platform falls away, when a number is reached, when
          bots take over, or when it falls silent.
        </EmptyState>
      }
      row={(alert) => ({ about: ruleText(alert), note: note(alert), state: alertState(alert) })}
      add={{
        label: 'New alert',
        title: 'New alert',
        form: (onClose, onMade) => (
          <CreateForm
            form={AlertForm}
            values={emptyAlert}
            create={create}
            toBody={toCreate}
            {...{ onMade, onClose }}
          />
        ),
      }}
    />
  );
}
