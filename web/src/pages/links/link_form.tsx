// SPDX-License-Identifier: Apache-2.0
// The fields of a link, for creating and for editing. One field is needed; all else is in sections
// that stay closed and say in a word what is in them. A refusal opens the section of its field.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useState } from 'react';
import { asApiError } from '../../api/problem';
import { type Draft, useLeaveWarning } from '../../ui/drafts';
import { FormError } from '../../ui/form_error';
import { AddressFields } from './link_address';
import { checkValues } from './link_checks';
import { firstPath, placeOf, type Section, sectionOf, sections } from './link_fields';
import classes from './link_form.module.css';
import { LinkSection } from './link_section';
import { parts } from './link_parts';
import type { LinkValues } from './link_values';
import { LinkWays } from './link_ways';
import { sectionWords } from './link_words';

export type LinkFormReturn = UseFormReturnType<LinkValues>;

/** What was typed, and the link as it was when the form was opened. */
export type LinkDraft = { before: LinkValues; values: LinkValues };

type Props = {
  initial: LinkValues;
  draft: Draft<LinkDraft>;
  submitLabel: string;
  pending: boolean;
  error: unknown;
  /** Sends the values; `refuse` puts the server's refusal at its field. */
  onSubmit: (draft: LinkDraft, refuse: (error: unknown) => void) => void;
  onCancel: () => void;
};

const differs = ({ before, values }: LinkDraft) =>
  JSON.stringify(before) !== JSON.stringify(values);

/** Moments that lack their day or their time: a browser reports them as empty, which is not "none". */
function halfTyped(form: LinkFormReturn): Record<string, string> {
  const isHalf = (name: string) => {
    const node = form.getInputNode(name);
    return node instanceof HTMLInputElement && node.validity.badInput;
  };
  const half = ['starts_at', 'expires_at'].filter(isHalf);
  return Object.fromEntries(half.map((name) => [name, 'Give the day and the time']));
}

function Restored({ startOver }: { startOver: () => void }) {
  return (
    <Group justify="space-between" gap="xs" role="status">
      <Text size="sm" c="dimmed">
        What you had typed is still here.
      </Text>
      <Button size="compact-sm" variant="subtle" onClick={startOver}>
        Start over
      </Button>
    </Group>
  );
}

export function LinkForm(props: Props) {
  const { initial, draft, submitLabel, pending, error, onSubmit, onCancel } = props;
  const [kept] = useState(draft.read);
  const [restored, setRestored] = useState(kept !== undefined);
  const [before, setBefore] = useState(kept?.before ?? initial);
  const [opened, setOpened] = useState<Partial<Record<Section, boolean>>>({});
  const [wanted, want] = useState<{ path: string } | null>(null);
  const form: LinkFormReturn = useForm<LinkValues>({
    initialValues: kept?.values ?? initial,
    validate: (values): Record<string, string> => ({ ...checkValues(values), ...halfTyped(form) }),
    onValuesChange: (values) => {
      const now = { before, values };
      draft.keep(differs(now) ? now : undefined);
    },
  });
  useLeaveWarning(differs({ before, values: form.values }));
  const misplaced = error ? placeOf(asApiError(error), form.values) === null : false;

  // The field may be in a closed section: it is there to be focused once that is drawn.
  const show = (path: string) => {
    const section = sectionOf(path);
    if (section) setOpened((now) => ({ ...now, [section]: true }));
    want({ path });
  };
  useEffect(() => {
    if (wanted) form.getInputNode(wanted.path)?.focus();
  }, [wanted]);

  const refuse = (thrown: unknown) => {
    const place = placeOf(asApiError(thrown), form.getValues());
    if (!place) return;
    form.setFieldError(place.path, place.message);
    show(place.path);
  };
  const startOver = () => {
    draft.keep(undefined);
    setBefore(initial);
    form.setValues(initial);
    form.clearErrors();
    setRestored(false);
  };

  return (
    <form
      onSubmit={form.onSubmit(
        (values) => onSubmit({ before, values }, refuse),
        (problems) => {
          const first = firstPath(Object.keys(problems));
          if (first) show(first);
        },
      )}
      noValidate
    >
      <Stack gap="md">
        {restored && <Restored startOver={startOver} />}
        {misplaced && <FormError error={error} />}
        <TextInput
          label="Destination"
          placeholder="https://example.com/summer-sale"
          type="url"
          required
          autoFocus
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('destination')}
        />
        <AddressFields form={form} />
        <div className={classes.sections}>
          {sections.map((section) => {
            const { title, hint, Part } = parts[section];
            return (
              <LinkSection
                key={section}
                title={title}
                hint={hint}
                words={sectionWords(section, form.values)}
                opened={opened[section] ?? false}
                onToggle={() => setOpened((now) => ({ ...now, [section]: !now[section] }))}
              >
                <Part form={form} />
              </LinkSection>
            );
          })}
        </div>
        <LinkWays values={form.values} />
        <Group justify="flex-end" gap="sm" className={classes.foot}>
          <Button
            variant="default"
            onClick={() => {
              draft.keep(undefined);
              onCancel();
            }}
          >
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
