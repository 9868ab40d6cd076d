// SPDX-License-Identifier: Apache-2.0
// The newest clicks, one row each. A row that has just come lights up and fades; what was there when
// the page was opened does not. The list is bounded, so that a page left open all day stays light.
import { Badge, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Feed } from '../../api/live_feed';
import type { Click } from '../../api/types';
import { valueName } from '../../ui/dimension_names';
import { EmptyState } from '../../ui/empty_state';
import { time } from '../../ui/format';
import { addressOf, kindOf, placeOf, softwareOf, sourceOf } from '../stats/click_words';
import classes from './live.module.css';

function Row({ click, fresh, tz }: { click: Click; fresh: boolean; tz: string }) {
  const unique = click.first && click.traffic === 'human';
  const device = valueName('device', click.device);
  const software = softwareOf(click).join(', ');
  return (
    <li className={classes.click} data-fresh={fresh || undefined}>
      <time className={`tm-num ${classes.when}`} dateTime={click.time}>
        {time(click.time, 'second', tz)}
      </time>
      <span className={classes.where}>
        {click.link_id ? (
          <Link href={`/links/${click.link_id}`} className={classes.link}>
            {addressOf(click)}
          </Link>
        ) : (
          addressOf(click)
        )}
      </span>
      <span className={classes.came}>
        <span className={classes.place}>{placeOf(click)}</span> · {sourceOf(click)} · {device}
        {software && `, ${software}`}
      </span>
      <Badge variant={unique ? 'light' : 'default'} size="sm" tt="none" className={classes.kind}>
        {kindOf(click) ?? (click.first ? 'Unique' : 'Again')}
      </Badge>
    </li>
  );
}

export function LiveList({ feed, tz }: { feed: Feed; tz: string }) {
  return (
    <section className={`tm-card ${classes.listCard}`} aria-label="Newest clicks">
      <h2 className={classes.title}>Newest clicks</h2>
      {feed.gap && (
        <Text size="xs" c="dimmed" px="md" pb="xs" role="status">
          While this page was cut off more clicks came than are shown again. They are all counted.
        </Text>
      )}
      {feed.rows.length === 0 ? (
        <EmptyState icon="chart" title="Waiting for a click">
          Open one of your short links: the click is here within a second.
        </EmptyState>
      ) : (
        <ol className={classes.list} aria-label="Clicks, newest first" tabIndex={0}>
          {feed.rows.map((click) => (
            <Row
              key={click.click_id}
              click={click}
              fresh={!feed.listed.has(click.click_id)}
              tz={tz}
            />
          ))}
        </ol>
      )}
      {feed.skipped > 0 && (
        <Text size="xs" c="dimmed" p="xs">
          Too many came at once to list them all; the counts above have every one.
        </Text>
      )}
    </section>
  );
}
