// SPDX-License-Identifier: Apache-2.0
// What can be done with the chosen links together. The bar stays at the lower edge while something
// is chosen, and offers the rest of a list whose loaded links are all chosen; a change shows how far
// it is, can be stopped between two links, and says what was refused and why. Links that were
// refused stay chosen, so that trying again takes one press.
import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useRef, useState } from 'react';
import { useManyLinks } from '../../api/many_links';
import { asApiError } from '../../api/problem';
import { runAll } from '../../api/run_all';
import type { Link } from '../../api/types';
import { csvText } from '../../ui/csv_text';
import { download } from '../../ui/download';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icons';
import classes from './bulk_bar.module.css';
import { BulkDeleteDialog } from './bulk_delete_dialog';
import { BulkReport, BulkRun, useBulkRun } from './bulk_run';
import { BulkTagsDialog } from './bulk_tags_dialog';
import { type Report, reportOf, tooMany } from './bulk_words';
import { linkTable } from './link_csv';
import { withLoaded, without } from './link_selection';
import { tagsAfter } from './link_tags';
import { loadRest, mostChosen, type Step } from './load_rest';

/** A list with more links than are loaded. */
export type Rest = { total: number; narrowed: boolean; next: () => Promise<Step<Link>> };

type Props = {
  links: readonly Link[];
  /** What is not loaded yet, when all that is loaded is chosen. */
  rest: Rest | null;
  /** The table can be ticked during a run, so what is chosen then is not known before. */
  onChoose: (next: (ids: ReadonlySet<string>) => ReadonlySet<string>) => void;
  knownTags: string[];
};

const idsOf = (links: readonly Link[]) => new Set(links.map(({ id }) => id));

function OfferRest({ rest, onChoose }: { rest: Rest; onChoose: (rest: Rest) => void }) {
  if (rest.total > mostChosen) {
    return (
      <Text size="xs" c="dimmed" maw={330}>
        {tooMany}
      </Text>
    );
  }
  return (
    <Button size="xs" variant="subtle" onClick={() => onChoose(rest)}>
      Choose all {count(rest.total)}
      {rest.narrowed && ' that match'}
    </Button>
  );
}

export function BulkBar({ links: chosen, rest, onChoose, knownTags }: Props) {
  const many = useManyLinks();
  const [report, setReport] = useState<Report | null>(null);
  const forget = useCallback(() => setReport(null), []);
  const [asked, ask] = useState<'tags' | 'delete' | null>(null);
  const bar = useRef<HTMLElement>(null);
  const { run, start, stop, isShown } = useBulkRun(bar);

  // Told in the bar, unless it goes or is gone.
  const tell = (news: Report, stays: boolean) => {
    if (stays && isShown()) return setReport(news);
    const { title, message, failed } = news;
    const autoClose = message ? 12_000 : 4_000;
    notifications.show({ title, message, color: failed ? 'red' : 'pine', autoClose });
  };
  const chooseRest = async ({ total, next }: Rest) => {
    forget();
    try {
      const all = await start('Loading', total, (signal, onLoaded) =>
        loadRest(next, { signal, onLoaded }),
      );
      if (all === null) return;
      if (all === 'too many') tell({ title: 'Too many', message: tooMany, failed: true }, true);
      else if (all !== 'stopped') onChoose((ids) => withLoaded(ids, all, idsOf(chosen)));
    } catch (thrown) {
      const { title, detail } = asApiError(thrown);
      tell({ title, message: detail, failed: true }, true);
    }
  };
  const change = async (
    doing: string,
    done: string,
    work: (link: Link) => Promise<unknown>,
    gone = false,
  ) => {
    ask(null);
    forget();
    const outcome = await start(doing, chosen.length, (signal, onAnswer) =>
      runAll(chosen, work, { signal, onAnswer }),
    );
    if (!outcome) return;
    many.follow();
    const whole = outcome.refused.length === 0 && !outcome.stopped;
    const finished = idsOf(outcome.done);
    tell(reportOf(outcome, chosen.length, done), !(gone && whole));
    if (gone || !whole) onChoose((ids) => without(ids, finished));
  };

  const setEnabled = (enabled: boolean) =>
    change(enabled ? 'Enabling' : 'Disabling', enabled ? 'enabled' : 'disabled', (link) =>
      link.enabled === enabled ? Promise.resolve() : many.patch(link.id, { enabled }),
    );
  const tag = (add: string[], take: string[]) =>
    change('Tagging', 'tagged', (link) => {
      const tags = tagsAfter(link.tags, add, take);
      return tags ? many.patch(link.id, { tags }) : Promise.resolve();
    });
  const save = () =>
    download(
      new Blob([csvText(linkTable(chosen))], { type: 'text/csv;charset=utf-8' }),
      `links-${new Date().toISOString().slice(0, 10)}.csv`,
    );

  return (
    <section ref={bar} tabIndex={-1} className={classes.bar} aria-label="Chosen links">
      {report && <BulkReport report={report} onClose={forget} />}
      {run ? (
        <BulkRun run={run} onStop={stop} />
      ) : (
        <>
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Choose none"
              onClick={() => onChoose(() => new Set())}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
            <Text size="sm" fw={550} role="status">
              {count(chosen.length)} chosen
            </Text>
          </Group>
          {rest && <OfferRest rest={rest} onChoose={(all) => void chooseRest(all)} />}
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
        onDelete={() => void change('Deleting', 'deleted', (link) => many.remove(link.id), true)}
      />
    </section>
  );
}
