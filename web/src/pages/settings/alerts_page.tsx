// SPDX-License-Identifier: Apache-2.0
import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'wouter';
import { useAlerts } from '../../api/alerts';
import type { Alert } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { ago } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { CreateAlertDialog } from './alert_dialogs';
import { alertState, ruleText } from './alert_words';
import { ListRows } from './list_rows';
import { Page } from './page';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

function AlertRow({ alert }: { alert: Alert }) {
  return (
    <li className={`${classes.row} ${classes.opens} ${classes.stacks}`}>
      <div className={classes.what}>
        <Link href={`/settings/alerts/${alert.id}`} className={classes.name}>
          {alert.name}
        </Link>
        <Text size="sm" c="dimmed" className={classes.anywhere}>
          {ruleText(alert)}
        </Text>
        <Text size="xs" c="dimmed" mt={2}>
          {alert.evaluated_at
            ? `last judged ${ago(alert.evaluated_at, new Date())}`
            : 'not judged yet'}
          {alert.recipients.length > 0 && ` · mails ${alert.recipients.join(', ')}`}
        </Text>
      </div>
      <StateMark {...alertState(alert)} />
    </li>
  );
}

/** What is watched, and how it stands. */
export default function AlertsPage() {
  const alerts = useAlerts();
  const [creating, create] = useDisclosure(false);
  return (
    <Page
      title="Alerts"
      aside={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={create.open}>
          New alert
        </Button>
      }
    >
      <Section
        title="What is watched"
        hint="Each hour or day is judged once, when it is over and every click of it is stored. What fires is mailed, told to webhooks that ask for it, and written down here."
      >
        <ListRows
          list={alerts}
          label="Alerts"
          empty={
            <EmptyState icon="bell" title="Nothing is watched">
              Be told when a link takes off, when a platform falls away, when a number is reached,
              when bots take over, or when it falls silent.
            </EmptyState>
          }
        >
          {(alert) => <AlertRow key={alert.id} alert={alert} />}
        </ListRows>
      </Section>
      <CreateAlertDialog opened={creating} onClose={create.close} />
    </Page>
  );
}
