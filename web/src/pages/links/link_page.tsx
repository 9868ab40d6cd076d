// SPDX-License-Identifier: Apache-2.0
import { Anchor, Button, Kbd, Skeleton, Stack, Text } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Link as RouterLink, useSearch } from 'wouter';
import { useLink } from '../../api/links';
import { asApiError } from '../../api/problem';
import type { ApiDimension, Link } from '../../api/types';
import { withView } from '../../api/view';
import { copyWithToast } from '../../ui/copy_button';
import { EmptyState } from '../../ui/empty_state';
import { ErrorPanel } from '../../ui/error_panel';
import { bareUrl } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useShortcuts } from '../../ui/shortcuts';
import { LinkHeader } from './link_header';
import { LinkPanels } from './link_panels';
import { closedState } from './link_state';
import { StatsPanels } from '../stats/stats_panels';

function FirstClick({ link }: { link: Link }) {
  const closed = closedState(link, new Date());
  return (
    <EmptyState
      icon="link"
      title="No clicks yet"
      action={
        <Button component="a" href={link.short_url} target="_blank" rel="noreferrer" mt="xs">
          Click it now
        </Button>
      }
    >
      Copy the link with <Kbd size="xs">y</Kbd> and share it, or click it yourself: the click is
      here within a second.
      {closed && (
        <> It is {closed.toLowerCase()}, so a click would not be sent on to its destination.</>
      )}
    </EmptyState>
  );
}

/** What this link's clicks can differ in besides what all links' clicks differ in. */
function ownDimensions(link: Link): ApiDimension[] {
  const own: ApiDimension[] = [];
  if (link.variants.length > 0) own.push('variant');
  if (link.token?.startsWith(':')) own.push('token');
  return own;
}

export default function LinkPage({ id }: { id: string }) {
  const answer = useLink(id);
  const link = answer.data;
  const search = useSearch();
  useDocumentTitle(`${link ? bareUrl(link.short_url) : 'Link'} · Tallymark`);
  useShortcuts({ y: () => link && void copyWithToast(link.short_url, 'Short link') });

  if (!link) {
    if (!answer.error) return <Skeleton height={120} role="status" aria-label="Loading the link" />;
    if (asApiError(answer.error).status !== 404) {
      return <ErrorPanel error={answer.error} retry={() => void answer.refetch()} />;
    }
    return (
      <EmptyState
        icon="link"
        title="There is no such link"
        wholePage
        action={
          <Button component={RouterLink} href="/links" variant="light">
            All links
          </Button>
        }
      >
        It may have been deleted.
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <Anchor
        component={RouterLink}
        href={withView('/links', search)}
        size="sm"
        c="dimmed"
        w="fit-content"
        mb={-10}
      >
        <Text span inherit style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
          <Icon name="left" size={14} /> Links
        </Text>
      </Anchor>
      <LinkHeader link={link} />
      <StatsPanels
        link={id}
        own={ownDimensions(link)}
        empty={<FirstClick link={link} />}
        footer={<LinkPanels id={id} />}
      />
    </Stack>
  );
}
