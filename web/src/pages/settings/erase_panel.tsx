// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Progress, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { isOver, useErase, useErases } from '../../api/erases';
import type { Erase } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { Fields } from '../../ui/fields';
import { FormError } from '../../ui/form_error';
import { count, time } from '../../ui/format';
import { isMisplaced, refuse } from '../../ui/refusal';
import { browserZone, useTimeZone } from '../../ui/time_zone';
import rows from '../../ui/rows.module.css';
import { EraseDialog } from './erase_dialog';
import {
  checkErase,
  emptyErase,
  eraseFields,
  eraseProgress,
  eraseStates,
  type EraseValues,
  toErase,
} from './erase_values';
import { LinkName } from './link_name';
import { LinkPicker } from './link_picker';
import { ListRows } from './list_rows';
import { Section } from './section';
import classes from './settings.module.css';
import { StateMark } from './state_mark';

type Form = UseFormReturnType<EraseValues>;

function Whose({ form }: { form: Form }) {
  const { whose } = form.values;
  return (
    <>
      <Radio.Group label="Whose clicks" {...form.getInputProps('whose')}>
        <Stack gap={8} mt={6}>
          <Radio value="link" label="Of a link" description="The link itself stays." />
          <Radio value="removed" label="Of a link that was deleted" />
          <Radio
            value="click"
            label="Of a visitor, by one of their clicks"
            description="Everything that this visitor did on that day (UTC). On other days nobody can tell who it was."
          />
          <Radio
            value="browser"
            label="Of a visitor, by address and browser"
            description="What they did today and yesterday (UTC): the salt that could find them is destroyed after 48 hours."
          />
        </Stack>
      </Radio.Group>
      {whose === 'link' && (
        <LinkPicker
          label="Link"
          placeholder={form.values.links.length === 0 ? 'Search links' : ''}
          maxValues={1}
          {...form.getInputProps('links')}
          error={form.errors.links ?? form.errors.link}
        />
      )}
      {whose === 'removed' && (
        <TextInput
          label="Id of the link"
          placeholder="lnk_42"
          autoComplete="off"
          {...form.getInputProps('link')}
        />
      )}
      {whose === 'click' && (
        <TextInput
          label="Click id"
          description="In the destination’s address as tm_cid, in webhooks, and in the list of clicks."
          autoComplete="off"
          {...form.getInputProps('visitor.click_id')}
        />
      )}
      {whose === 'browser' && (
        <>
          <TextInput
            label="IP address"
            placeholder="203.0.113.9"
            autoComplete="off"
            {...form.getInputProps('visitor.ip')}
          />
          <TextInput
            label="User agent"
            description="Exactly as the browser sends it."
            placeholder="Mozilla/5.0 …"
            autoComplete="off"
            {...form.getInputProps('visitor.user_agent')}
          />
        </>
      )}
    </>
  );
}

function EraseForm() {
  const erase = useErase();
  const form = useForm<EraseValues>({ initialValues: emptyErase, validate: checkErase });
  const [asking, setAsking] = useState<EraseValues | null>(null);
  const confirm = () => {
    if (!asking) return;
    erase.mutate(toErase(asking), {
      onSuccess: () => form.reset(),
      onError: (thrown) => refuse(form, eraseFields, thrown),
      onSettled: () => setAsking(null),
    });
  };
  return (
    <form onSubmit={form.onSubmit((values) => setAsking(values))} noValidate>
      <Stack gap="md">
        {isMisplaced(erase.error, eraseFields) && <FormError error={erase.error} />}
        <Whose form={form} />
        <Fields>
          <TextInput
            label="From"
            description="Empty: from the beginning."
            type="datetime-local"
            {...form.getInputProps('from')}
          />
          <TextInput
            label="Until"
            description={`Empty: until now. In ${browserZone()}.`}
            type="datetime-local"
            {...form.getInputProps('to')}
          />
        </Fields>
        <Group>
          <Button type="submit" color="red.8">
            Erase …
          </Button>
        </Group>
      </Stack>
      <EraseDialog
        values={asking}
        onClose={() => setAsking(null)}
        pending={erase.isPending}
        onConfirm={confirm}
      />
    </form>
  );
}

function found(item: Erase): string {
  const clicks = `${count(item.clicks)} ${item.clicks === 1 ? 'click' : 'clicks'}`;
  return item.conversions > 0 ? `${clicks}, ${count(item.conversions)} conversions` : clicks;
}

function EraseRow({ item }: { item: Erase }) {
  const [tz] = useTimeZone();
  const tone = item.state === 'done' ? 'good' : item.state === 'failed' ? 'bad' : 'quiet';
  return (
    <li className={rows.row}>
      <div className={rows.what}>
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>
            {item.link ? (
              <>
                Clicks of <LinkName id={item.link} />
              </>
            ) : (
              'Clicks of a visitor'
            )}
          </Text>
          <StateMark tone={tone} word={eraseStates[item.state]} />
        </Group>
        {!isOver(item.state) && (
          <Progress
            value={eraseProgress[item.state] * 100}
            size="sm"
            mt={8}
            aria-label={`Erase ${item.id}`}
          />
        )}
        <Text size="xs" c="dimmed" mt={4}>
          {time(item.created_at, 'full', tz)}
          {item.state !== 'waiting' && ` · ${found(item)} found`}
          {item.resumed && ' · went on after a restart'}
        </Text>
        {item.error && (
          <Text size="sm" c="var(--tm-bad)" className={classes.anywhere}>
            {item.error}
          </Text>
        )}
      </div>
    </li>
  );
}

/** Erases what a link or a visitor left, and says how that goes. */
export function ErasePanel() {
  const erases = useErases();
  const list = {
    rows: erases.data?.data ?? null,
    error: erases.data ? null : erases.error,
    retry: () => void erases.refetch(),
  };
  return (
    <>
      <Section
        title="Erase clicks"
        hint="For good, from everywhere: the stored clicks, every count of them, the logs, the conversions and export files. Impressions and costs stay."
        padded
      >
        <EraseForm />
      </Section>
      <Section title="What was erased" hint="The last 100, newest first.">
        <ListRows
          list={list}
          label="Erases"
          empty={<EmptyState icon="shield" title="Nothing was erased yet" />}
        >
          {(item) => <EraseRow key={item.id} item={item} />}
        </ListRows>
      </Section>
    </>
  );
}
