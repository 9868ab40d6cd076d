// SPDX-License-Identifier: Apache-2.0
// What can be done with the chosen links together. The bar stays at the lower edge while something
// is chosen; a change shows how far it is, can be stopped between two links, and says what was
// refused and why. Links that were refused stay chosen, so that trying again takes one press.
import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { useDeleteAnyLink, usePatchAnyLink } from '../../api/links';
import { runAll } from '../../api/run_all';
import type { Link } from '../../api/types';
import { csvText } from '../../ui/csv_text';
import { download } from '../../ui/download';
import { bareUrl, count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { BulkDeleteDialog } from './bulk_delete_dialog';
import { BulkTagsDialog } from './bulk_tags_dialog';
import { linkTable } from './link_csv';
import { tagsAfter } from './link_tags';
import classes from './link_table.module.css';

type Props = {
  links: readonly Link[];
  /** Says which links stay chosen. */
  onLeft: (ids: ReadonlySet<string>) => void;
  knownTags: string[];
};

type Run = { doing: string; answers: number; of: number };

const links = (amount: number) => `${count(amount)} ${amount === 1 ? 'link' : 'links'}`;

export function BulkBar({ links: chosen, onLeft, knownTags }: Props) {
  const patch = usePatchAnyLink();
  const remove = useDeleteAnyLink();
  const [run, setRun] = useState<Run | null>(null);
  const [asked, ask] = useState<'tags' | 'delete' | null>(null);
  const stop = useRef<AbortController | null>(null);

  const start = async (
    doing: string,
    done: string,
    work: (link: Link) => Promise<unknown>,
    gone = false,
  ) => {
    ask(null);
    stop.current = new AbortController();
    setRun({ doing, answers: 0, of: chosen.length });
    const outcome = await runAll(chosen, work, {
      signal: stop.current.signal,
      onAnswer: (answers) => setRun({ doing, answers, of: chosen.length }),
    });
    setRun(null);
    const [first] = outcome.refused;
    notifications.show({
      title: `${links(outcome.done.length)} ${done}`,
      message: first
        ? `${links(outcome.refused.length)} refused: ${bareUrl(first.item.short_url)}: ${
            first.error.detail || first.error.title
          }`
        : outcome.stopped
          ? 'Stopped. The others are as they were.'
          : '',
      color: first ? 'red' : 'pine',
      autoClose: first ? 12_000 : 4_000,
    });
    const finished = new Set(outcome.done.map(({ id }) => id));
    if (gone || first || outcome.stopped) {
      onLeft(new Set(chosen.map(({ id }) => id).filter((id) => !finished.has(id))));
    }
  };

  const setEnabled = (enabled: boolean) =>
    start(enabled ? 'Enabling' : 'Disabling', enabled ? 'enabled' : 'disabled', (link) =>
      link.enabled === enabled
        ? Promise.resolve()
        : patch.mutateAsync({ id: link.id, patch: { enabled } }),
    );
  const tag = (add: string[], take: string[]) =>
    start('Tagging', 'tagged', (link) => {
      const tags = tagsAfter(link.tags, add, take);
      return tags ? patch.mutateAsync({ id: link.id, patch: { tags } }) : Promise.resolve();
    });
  const save = () =>
    download(
      new Blob([csvText(linkTable(chosen))], { type: 'text/csv;charset=utf-8' }),
      `links-${new Date().toISOString().slice(0, 10)}.csv`,
    );

  return (
    <section className={classes.bar} aria-label="Chosen links">
      {run ? (
        <>
          <Text size="sm" role="status" className="tm-num">
            {run.doing} {count(run.answers)} of {count(run.of)} …
          </Text>
          <Button size="xs" variant="default" onClick={() => stop.current?.abort()}>
            Stop
          </Button>
        </>
      ) : (
        <>
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Choose none"
              onClick={() => onLeft(new Set())}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
            <Text size="sm" fw={550} role="status">
              {count(chosen.length)} chosen
            </Text>
          </Group>
          <Group gap={6}>
            <Button size="xs" variant="default" onClick={() => ask('tags')}>
              Tags …
            </Button>
            {chosen.some((link) => !link.enabled) && (
              <Button size="xs" variant="default" onClick={() => void setEnabled(true)}>
                Enable
              </Button>
            )}
            {chosen.some((link) => link.enabled) && (
              <Button size="xs" variant="default" onClick={() => void setEnabled(false)}>
                Disable
              </Button>
            )}
            <Button size="xs" variant="default" onClick={save}>
              Export CSV
            </Button>
            <Button
              size="xs"
              variant="default"
              c="var(--mantine-color-error)"
              onClick={() => ask('delete')}
            >
              Delete …
            </Button>
          </Group>
        </>
      )}
      <BulkTagsDialog
        opened={asked === 'tags'}
        links={chosen}
        known={knownTags}
        onClose={() => ask(null)}
        onTag={(add, take) => void tag(add, take)}
      />
      <BulkDeleteDialog
        opened={asked === 'delete'}
        links={chosen}
        onClose={() => ask(null)}
        onDelete={() =>
          void start('Deleting', 'deleted', (link) => remove.mutateAsync(link.id), true)
        }
      />
    </section>
  );
}
