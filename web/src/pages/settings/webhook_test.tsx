// SPDX-License-Identifier: Apache-2.0
import type { Webhook, WebhookAnswer } from '../../api/types';
import { useTestWebhook } from '../../api/webhooks';
import { count } from '../../ui/format';
import { Exchange } from './exchange';
import { StateMark } from './state_mark';
import { TestRun } from './test_run';

function outcome(answer: WebhookAnswer): string {
  const took = `after ${count(answer.took_ms)} ms`;
  if (answer.status === null) return `No answer (${took})`;
  return answer.result === 'ok'
    ? `Taken: ${answer.status} ${took}`
    : `Refused: ${answer.status} ${took}`;
}

/** Sends a test event and shows what the receiver said. */
export function WebhookTest({ hook, onClose }: { hook: Webhook; onClose: () => void }) {
  return (
    <TestRun
      test={useTestWebhook(hook.id)}
      waiting="A test event is on its way. The receiver has 15 seconds to answer."
      again="Send another"
      onClose={onClose}
    >
      {(answer) => (
        <div>
          <StateMark tone={answer.result === 'ok' ? 'good' : 'bad'} word={outcome(answer)} />
          <Exchange {...answer} />
        </div>
      )}
    </TestRun>
  );
}
