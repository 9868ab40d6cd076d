// SPDX-License-Identifier: Apache-2.0
import { Anchor, Code, Group, Stack, Switch, Text } from '@mantine/core';
import { useMeta } from '../../api/session';
import { usePatchSettings, useSettings } from '../../api/settings';
import type { Settings } from '../../api/types';
import { CopyButton } from '../../ui/copy_button';
import { ErrorPanel } from '../../ui/error_panel';
import { FormError } from '../../ui/form_error';
import { toldPolicy } from './collected';
import { CollectedList } from './collected_list';
import { ErasePanel } from './erase_panel';
import { RowsPlaceholder } from './list_rows';
import { Page } from './page';
import { RetentionForm } from './retention_form';
import { Section } from './section';

function CookieSwitch({ settings }: { settings: Settings }) {
  const patch = usePatchSettings();
  return (
    <Stack gap="sm">
      {patch.error && <FormError error={patch.error} />}
      <Switch
        label="Keep a variant for 30 days with a cookie"
        description="Off: whoever gets a variant of a link has it until the end of the UTC day, and nothing is set on their side. On: the link sets a cookie of its own that names the variant and nothing else. Whether that needs consent where you are is for you to find out; many will say that it does."
        checked={settings.experiment_cookie}
        disabled={patch.isPending}
        onChange={(event) => patch.mutate({ experiment_cookie: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function PublicPage() {
  const url = `${window.location.origin}/privacy`;
  return (
    <Stack gap="xs">
      <Text size="sm">
        It needs no log-in and says to visitors what is below. Link to it from your own privacy
        policy, or let the front page of a domain lead to it.
      </Text>
      <Group gap={4}>
        <Anchor href="/privacy" target="_blank" rel="noreferrer" size="sm">
          {url}
        </Anchor>
        <CopyButton text={url} what="Address" />
      </Group>
    </Stack>
  );
}

function Parts({ settings }: { settings: Settings }) {
  const meta = useMeta();
  const told = toldPolicy(meta.data);
  const policy = {
    ...told,
    retentionDays: settings.retention_days ?? 0,
    experimentCookie: settings.experiment_cookie,
  };
  return (
    <>
      <Section title="How long clicks are kept" padded>
        <RetentionForm settings={settings} />
      </Section>
      <Section title="Experiments" padded>
        <CookieSwitch settings={settings} />
      </Section>
      <Section title="The page for visitors" padded>
        <PublicPage />
      </Section>
      <Section
        title="What is collected"
        hint={
          <>
            In the words of that page, with what this workspace is set to. Addresses and DNT are
            settings of the server: <Code>privacy.ip</Code> and <Code>privacy.signals</Code>
            {told.ip && told.signals && (
              <>
                , now <b>{told.ip}</b> and <b>{told.signals}</b>
              </>
            )}
            .
          </>
        }
        padded
      >
        <CollectedList policy={policy} level={3} />
      </Section>
      <ErasePanel />
    </>
  );
}

/** How long clicks are kept, what is collected, and how it is erased. */
export default function PrivacyPage() {
  const settings = useSettings();
  return (
    <Page title="Privacy">
      {settings.data ? (
        <Parts settings={settings.data} />
      ) : (
        <div className="tm-card">
          {settings.error ? (
            <ErrorPanel error={settings.error} retry={() => void settings.refetch()} />
          ) : (
            <RowsPlaceholder />
          )}
        </div>
      )}
    </Page>
  );
}
