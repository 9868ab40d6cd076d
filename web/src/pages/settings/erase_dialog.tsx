// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { count } from '../../ui/format';
import { ConfirmDialog } from '../../ui/confirm_dialog';
import type { EraseValues } from './erase_values';
import { LinkName } from './link_name';
import classes from './settings.module.css';

/** How much a link's whole past is, so that the question says what goes. */
function LinkLoss({ id }: { id: string }) {
  const past = useQuery({
    queryKey: ['erase-loss', id],
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/stats/summary', {
          params: { query: { link: id, range: 'all', traffic: 'all' } },
        }),
      ),
  });
  const clicks = past.data?.clicks;
  return (
    <>
      <b className={classes.anywhere}>
        <LinkName id={id} />
      </b>
      {clicks !== undefined &&
        `, which has ${count(clicks)} ${clicks === 1 ? 'click' : 'clicks'} of people and bots, and every other hit on it`}
    </>
  );
}

type Props = {
  /** What was asked for; the dialog is closed while it is null. */
  values: EraseValues | null;
  onClose: () => void;
  pending: boolean;
  onConfirm: () => void;
};

/** The last question before clicks are erased. */
export function EraseDialog({ values, onClose, pending, onConfirm }: Props) {
  const id = values?.whose === 'removed' ? values.link.trim() : values?.links[0];
  const ofLink = values?.whose === 'link' || values?.whose === 'removed';
  return (
    <ConfirmDialog
      opened={values !== null}
      onClose={onClose}
      title="Erase these clicks for good?"
      verb="Erase"
      keep="Keep them"
      pending={pending}
      error={null}
      onConfirm={onConfirm}
    >
      {ofLink && id ? (
        <>
          The clicks of <LinkLoss id={id} />
        </>
      ) : (
        'Everything that this visitor left'
      )}
      {values?.from || values?.to ? ', in the time that you gave,' : ','} will be gone, here and in
      every number. This cannot be undone by anybody.
    </ConfirmDialog>
  );
}
