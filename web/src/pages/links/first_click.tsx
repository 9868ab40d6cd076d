// SPDX-License-Identifier: Apache-2.0
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Link as RouterLink } from 'wouter';
import { useFirstClick } from '../../api/first_click';
import type { Click, Link } from '../../api/types';
import { CopyButton } from '../../ui/copy_button';
import { valueName } from '../../ui/dimension_names';
import { bareUrl, time } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useTimeZone } from '../../ui/time_zone';
import classes from './first_click.module.css';

/** "from Germany, with Firefox on Android": what is known of a click, in words. */
export function clickWords(
  click: Pick<Click, 'country' | 'browser' | 'os'>,
  locale?: string,
): string {
  const known = (value: string | null | undefined) => value && value !== 'Unknown';
  const parts: string[] = [];
  if (known(click.country)) parts.push(`from ${valueName('country', click.country, locale)}`);
  const system = known(click.os) ? ` on ${click.os}` : '';
  if (known(click.browser)) parts.push(`with ${click.browser}${system}`);
  return parts.join(', ');
}

/** The line that waits for a link's first click and turns into it. */
export function FirstClickLine({ link }: { link: Link }) {
  const click = useFirstClick(link.id);
  const [tz] = useTimeZone();
  return (
    <Group gap={12} wrap="nowrap" role="status" className={classes.words}>
      <span className={classes.mark} data-waiting={click ? undefined : true}>
        {click && <Icon name="check" size={20} />}
      </span>
      {click ? (
        <div>
          <Text fw={600}>
            {click.traffic === 'human' ? 'The first click is here' : 'A bot came by'}
          </Text>
          <Text size="sm" c="dimmed">
            {[time(click.time, 'second', tz), clickWords(click)].filter(Boolean).join(' · ')}
          </Text>
        </div>
      ) : (
        <div>
          <Text fw={600}>Waiting for your first click</Text>
          <Text size="sm" c="dimmed">
            Share the link, or open it yourself: it shows here within a second.
          </Text>
        </div>
      )}
    </Group>
  );
}

/** For a workspace with one link: its address, and the wait for the first click. */
export function FirstClick({ link }: { link: Link }) {
  const click = useFirstClick(link.id);
  const [waited, setWaited] = useState(false);
  if (click === null && !waited) setWaited(true);
  // A link that was clicked before the page was opened needs no card.
  if (!waited) return null;
  return (
    <section className={`tm-card ${classes.card}`} aria-label="First click">
      <FirstClickLine link={link} />
      <Group gap="xs">
        <Text fw={600} className="tm-num">
          {bareUrl(link.short_url)}
        </Text>
        <CopyButton text={link.short_url} what="Short link" label="Copy" />
        {click ? (
          <Button component={RouterLink} href={`/links/${link.id}`}>
            See it
          </Button>
        ) : (
          <Button
            component="a"
            href={link.short_url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<Icon name="external" size={16} />}
            aria-label="Open the short link in a new tab"
          >
            Open
          </Button>
        )}
      </Group>
    </section>
  );
}
