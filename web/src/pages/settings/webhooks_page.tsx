// SPDX-License-Identifier: Apache-2.0
import type { Webhook } from '../../api/types';
import { useWebhooks } from '../../api/webhooks';
import { EmptyState } from '../../ui/empty_state';
import { ago, bareUrl, count } from '../../ui/format';
import { ItemList } from './item_list';
import { NewWebhook } from './webhook_dialogs';
import { formatNames, standing } from './webhook_words';

function tally(hook: Webhook): string {
  const parts = [
    hook.last_success_at
      ? `last taken ${ago(hook.last_success_at, new Date())}`
      : 'nothing taken yet',
  ];
  if (hook.waiting > 0) parts.push(`${count(hook.waiting)} waiting`);
  if (hook.dead > 0) parts.push(`${count(hook.dead)} given up`);
  return parts.join(' · ');
}

function about({ format, url }: Webhook): string {
  return format === 'standard' ? bareUrl(url) : `${formatNames[format]} · ${bareUrl(url)}`;
}

/** Who is told of events over HTTP, and how that goes. */
export default function WebhooksPage() {
  return (
    <ItemList
      title="Webhooks"
      at="/settings/webhooks"
      section={{
        title: 'Who is told',
        hint: 'A click is told of within a second, signed, and tried again for days if the receiver is away. No receiver holds up another.',
      }}
      list={useWebhooks()}
      empty={
        <EmptyState icon="external" title="Nobody is told yet">
          Send clicks and conversions to a URL of yours as they happen, or feed Segment, Amplitude
          or Mixpanel with them.
        </EmptyState>
      }
      row={(hook) => ({ about: about(hook), note: tally(hook), state: standing(hook) })}
      add={{
        label: 'New webhook',
        title: 'New webhook',
        holds: true,
        form: (onClose, onMade) => <NewWebhook {...{ onClose, onMade }} />,
      }}
    />
  );
}
