// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'wouter';
import type { Webhook } from '../../api/types';
import { useWebhooks } from '../../api/webhooks';
import { EmptyState } from '../../ui/empty_state';
import { ago, bareUrl, count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { ListRows } from './list_rows';
import { Page } from './page';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';
import { CreateWebhookDialog } from './webhook_dialogs';
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

function WebhookRow({ hook }: { hook: Webhook }) {
  const { tone, word } = standing(hook);
  return (
    <li className={`${classes.row} ${classes.opens} ${classes.stacks}`}>
      <div className={classes.what}>
        <Link href={`/settings/webhooks/${hook.id}`} className={classes.name}>
          {hook.name}
        </Link>
        <Text size="sm" c="dimmed" truncate>
          {hook.format === 'standard' ? '' : `${formatNames[hook.format]} · `}
          {bareUrl(hook.url)}
        </Text>
        <Text size="xs" c="dimmed" mt={2}>
          {tally(hook)}
        </Text>
      </div>
      <StateMark tone={tone} word={word} />
    </li>
  );
}

/** Who is told of events over HTTP, and how that goes. */
export default function WebhooksPage() {
  const hooks = useWebhooks();
  const [creating, create] = useDisclosure(false);
  return (
    <Page
      title="Webhooks"
      aside={
        <Group>
          <Button leftSection={<Icon name="plus" size={16} />} onClick={create.open}>
            New webhook
          </Button>
        </Group>
      }
    >
      <Section
        title="Who is told"
        hint="A click is told of within a second, signed, and tried again for days if the receiver is away. No receiver holds up another."
      >
        <ListRows
          list={hooks}
          label="Webhooks"
          empty={
            <EmptyState icon="external" title="Nobody is told yet">
              Send clicks and conversions to a URL of yours as they happen, or feed Segment,
              Amplitude or Mixpanel with them.
            </EmptyState>
          }
        >
          {(hook) => <WebhookRow key={hook.id} hook={hook} />}
        </ListRows>
      </Section>
      <CreateWebhookDialog opened={creating} onClose={create.close} />
    </Page>
  );
}
