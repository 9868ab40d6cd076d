// SPDX-License-Identifier: Apache-2.0
// Who changed what of a link, and the way back: what a change set can be set to what it was before,
// which is a change like any other and stands here, too.
import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useLink, useLinkHistory, usePatchLink } from '../../api/links';
import { asApiError } from '../../api/problem';
import type { Link, LinkEdit, LinkFieldChange } from '../../api/types';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import { bareUrl, time } from '../../ui/format';
import { useTimeZone } from '../../ui/time_zone';
import { editWords, fieldName, insteadOfValues, restoring, valueWords } from './edit_words';
import classes from './history_dialog.module.css';

function Value({ words, old = false }: { words: string; old?: boolean }) {
  if (!words) return <span className={classes.nothing}>nothing</span>;
  return old ? (
    <del className={classes.old}>{words}</del>
  ) : (
    <ins className={classes.now}>{words}</ins>
  );
}

function Change({ change, kind }: { change: LinkFieldChange; kind: LinkEdit['kind'] }) {
  const [tz] = useTimeZone();
  const words = (value: unknown) => valueWords(change.field, value, tz);
  const instead = insteadOfValues(change);
  return (
    <>
      <dt>{fieldName(change.field)}</dt>
      <dd>
        {instead}
        {!instead && kind !== 'created' && <Value words={words(change.before)} old />}
        {!instead && kind === 'updated' && <span aria-label="became"> → </span>}
        {!instead && kind !== 'deleted' && <Value words={words(change.after)} />}
      </dd>
    </>
  );
}

function Edit({ edit, link }: { edit: LinkEdit; link: Link }) {
  const [tz] = useTimeZone();
  const patch = usePatchLink(link.id);
  const back = restoring(edit, link);
  const when = time(edit.time, 'stamp', tz);
  const restore = () =>
    back &&
    patch.mutate(back, {
      onSuccess: () =>
        notifications.show({
          title: 'Restored',
          message: 'Clicks follow it from now on.',
          color: 'pine',
        }),
      onError: (thrown) => {
        const problem = asApiError(thrown);
        notifications.show({ title: problem.title, message: problem.detail, color: 'red' });
      },
    });
  return (
    <li className={classes.edit}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <div className={classes.anywhere}>
          <Text size="sm" fw={600}>
            {editWords(edit)}
          </Text>
          <Text size="xs" c="dimmed">
            <time dateTime={edit.time}>{when}</time>
          </Text>
        </div>
        {back && (
          <Button
            size="xs"
            variant="default"
            className={classes.restore}
            loading={patch.isPending}
            aria-label={`Restore what was before ${when}`}
            onClick={restore}
          >
            Restore
          </Button>
        )}
      </Group>
      {edit.changes.length > 0 && (
        <dl className={classes.changes}>
          {edit.changes.map((change) => (
            <Change key={change.field} change={change} kind={edit.kind} />
          ))}
        </dl>
      )}
    </li>
  );
}

function Edits({ link }: { link: Link }) {
  const history = useLinkHistory(link.id);
  if (history.error) return <ErrorPanel error={history.error} retry={history.retry} compact />;
  if (!history.rows)
    return (
      <Stack gap={12} role="status" aria-busy="true" aria-label="Loading">
        <Skeleton height={14} width="35%" />
        <Skeleton height={10} width="70%" />
      </Stack>
    );
  if (history.rows.length === 0)
    return (
      <EmptyState icon="clock" title="No changes yet">
        It was made before changes were written down. Whatever is changed from now on stands here.
      </EmptyState>
    );
  return (
    <Stack gap="sm">
      <ul className={classes.edits} aria-label="History">
        {history.rows.map((edit) => (
          <Edit key={edit.id} edit={edit} link={link} />
        ))}
      </ul>
      {history.more && (
        <Button
          size="xs"
          variant="default"
          mx="auto"
          loading={history.loadingMore}
          onClick={history.more}
        >
          Show more
        </Button>
      )}
      <Text size="xs" c="dimmed">
        The newest 200 changes are kept. “Restore” sets what a change set to what it was before; a
        password cannot come back, since only a hash of it is kept.
      </Text>
    </Stack>
  );
}

export default function HistoryDialog({ link, onClose }: { link: Link; onClose: () => void }) {
  const phone = useMediaQuery('(max-width: 560px)');
  const now = useLink(link.id).data ?? link;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`History of ${bareUrl(now.short_url)}`}
      size={680}
      fullScreen={phone}
    >
      <Edits link={now} />
    </Modal>
  );
}
