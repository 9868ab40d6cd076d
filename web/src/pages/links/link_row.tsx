// SPDX-License-Identifier: Apache-2.0
import { Badge } from '@mantine/core';
import { memo } from 'react';
import { Link as RouterLink } from 'wouter';
import { type LinkDays, shapeOfDays } from '../../api/link_series';
import type { Link } from '../../api/types';
import { copyWithToast } from '../../ui/copy_button';
import { ago, bareUrl, count, shortCount } from '../../ui/format';
import { Icon } from '../../ui/icons';
import rows from '../../ui/rows.module.css';
import { Sparkline } from '../../ui/sparkline';
import { LinkMenu, type LinkAction } from './link_menu';
import { closedState } from './link_state';
import classes from './link_table.module.css';

const tagsShown = 2;

type Props = {
  link: Link;
  index: number;
  /** Distance from the upper edge of the list, in pixels. */
  top: number;
  last: boolean;
  /** What the link's page is opened with. */
  search: string;
  /** Undefined while it is being counted. */
  days: LinkDays | undefined;
  chosen: boolean;
  onToggle: (index: number, extend: boolean) => void;
  onTag: (tag: string) => void;
  onAction: (action: LinkAction, link: Link) => void;
};

/**
 * One link in the list. Plain elements: a fast scroll draws dozens of these in one frame.
 */
export const LinkRow = memo(function LinkRow(props: Props) {
  const { link, index, top, last, search, days, chosen, onToggle, onTag, onAction } = props;
  const url = bareUrl(link.short_url);
  const slash = url.indexOf('/');
  const closed = closedState(link, new Date());
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={classes.row}
      data-chosen={chosen || undefined}
      data-last={last || undefined}
      style={{ top }}
    >
      <div role="cell" className={classes.above}>
        <input
          type="checkbox"
          className={classes.box}
          aria-label={`Choose ${url}`}
          checked={chosen}
          onChange={(event) => {
            const native = event.nativeEvent as MouseEvent;
            onToggle(index, native.shiftKey === true);
          }}
        />
      </div>
      <div role="cell" className={classes.what}>
        <div className={classes.line}>
          <RouterLink
            href={`/links/${link.id}${search}`}
            className={`${rows.name} ${classes.name}`}
            data-row={index}
          >
            <span className={classes.host}>{url.slice(0, slash)}</span>
            {url.slice(slash)}
          </RouterLink>
          <button
            type="button"
            className={classes.icon}
            aria-label={`Copy ${url}`}
            title="Copy"
            onClick={() => void copyWithToast(link.short_url, 'Short link')}
          >
            <Icon name="copy" size={16} />
          </button>
          {closed && (
            <Badge size="sm" variant="default" tt="none" style={{ flexShrink: 0 }}>
              {closed}
            </Badge>
          )}
        </div>
        <div className={classes.below} title={link.destination}>
          {link.title ? (
            <>
              <span className={classes.title}>{link.title}</span>
              {'  ·  '}
            </>
          ) : null}
          {bareUrl(link.destination)}
        </div>
      </div>
      <div role="cell" className={`${classes.tags} ${classes.wide}`}>
        {link.tags.slice(0, tagsShown).map((tag) => (
          <button
            key={tag}
            type="button"
            className={classes.tag}
            title={`Only links tagged ${tag}`}
            onClick={() => onTag(tag)}
          >
            {tag}
          </button>
        ))}
        {link.tags.length > tagsShown && (
          <span className={classes.more} title={link.tags.slice(tagsShown).join(', ')}>
            +{count(link.tags.length - tagsShown)}
          </span>
        )}
      </div>
      <div role="cell" className={classes.wide}>
        <span className={classes.age}>{ago(link.created_at, new Date())}</span>
      </div>
      <div role="cell" className={classes.middle}>
        {days && <Sparkline values={shapeOfDays(days.days)} />}
      </div>
      <div role="cell" className={classes.right}>
        {days ? (
          <span className={`tm-num ${classes.clicks}`} title={count(days.clicks)}>
            {days.clicks < 100_000 ? count(days.clicks) : shortCount(days.clicks)}
          </span>
        ) : (
          <span className={classes.counting} />
        )}
      </div>
      <div role="cell" className={classes.right}>
        <LinkMenu link={link} name={url} onAction={onAction} />
      </div>
    </div>
  );
});
