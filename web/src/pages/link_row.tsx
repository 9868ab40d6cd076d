// SPDX-License-Identifier: Apache-2.0
import { Badge, Group, Text, Tooltip } from '@mantine/core';
import { Link as RouterLink } from 'wouter';
import type { Link } from '../api/types';
import { CopyButton } from '../ui/copy_button';
import { ago, bareUrl, count } from '../ui/format';
import { closedState } from './link_state';
import classes from './links_page.module.css';

/** One link in the list; `clicks` is null while they are still being counted. */
export function LinkRow({ link, clicks }: { link: Link; clicks: number | null }) {
  const url = bareUrl(link.short_url);
  const slash = url.indexOf('/');
  const closed = closedState(link, new Date());
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <Group gap={6} wrap="nowrap">
          <RouterLink href={`/links/${link.id}`} className={classes.name}>
            <span className={classes.host}>{url.slice(0, slash)}</span>
            {url.slice(slash)}
          </RouterLink>
          <CopyButton text={link.short_url} what="Short link" />
          {closed && (
            <Badge size="sm" variant="default" tt="none" style={{ flexShrink: 0 }}>
              {closed}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" truncate title={link.destination}>
          {link.title ? (
            <>
              <span className={classes.title}>{link.title}</span>
              {'  ·  '}
            </>
          ) : null}
          {bareUrl(link.destination)}
        </Text>
        {link.tags.length > 0 && (
          <Group gap={6} mt={2}>
            {link.tags.map((tag) => (
              <span key={tag} className={classes.tag}>
                {tag}
              </span>
            ))}
          </Group>
        )}
      </div>
      <div className={classes.figures}>
        <Tooltip label="Clicks by people in the last 30 days">
          <Text className="tm-num" fw={600}>
            {count(clicks)}
            <Text span size="xs" c="dimmed" fw={400}>
              {' '}
              {clicks === 1 ? 'click' : 'clicks'}
            </Text>
          </Text>
        </Tooltip>
        <Text size="xs" c="dimmed" className={classes.age}>
          {ago(link.created_at, new Date())}
        </Text>
      </div>
    </li>
  );
}
