// SPDX-License-Identifier: Apache-2.0
// The list of links as a table of which only the rows in view are drawn. Keys: up and down go from
// link to link, Enter opens, space (or x) chooses, with shift from the last one to here, Ctrl+A
// all that are loaded, Escape none. The row that has the focus is drawn wherever the page is
// scrolled to, so that the focus is never lost.
import { Checkbox, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { blocksOf, useLinkDays } from '../../api/link_series';
import type { Link } from '../../api/types';
import { Icon } from '../../ui/icons';
import { useTimeZone } from '../../ui/time_zone';
import { useVirtualRows } from '../../ui/virtual_rows';
import type { LinkAction } from './link_menu';
import { LinkRow } from './link_row';
import { allChosen, coverageOf, nothingChosen, type Selection, toggled } from './link_selection';
import classes from './link_table.module.css';

const rowHeight = 66;
/** How long a scroll must rest before its rows are asked about, in ms. */
const restMs = 120;

type HeadProps = { sort: string; onSort: (sort: string) => void };

function SortButton({
  name,
  by,
  first,
  sort,
  onSort,
}: HeadProps & Record<'name' | 'by' | 'first', string>) {
  const active = sort === by || sort === `-${by}`;
  const falling = sort.startsWith('-');
  return (
    <UnstyledButton
      className={classes.sort}
      data-active={active || undefined}
      onClick={() => onSort(active ? (falling ? by : `-${by}`) : first)}
    >
      {name} {active && <Icon name={falling ? 'down' : 'up'} size={11} />}
    </UnstyledButton>
  );
}

function order(sort: string, by: string): 'ascending' | 'descending' | 'none' {
  if (sort === by) return 'ascending';
  return sort === `-${by}` ? 'descending' : 'none';
}

type Props = HeadProps & {
  links: readonly Link[];
  hasMore: boolean;
  onMore: () => void;
  selection: Selection;
  onSelect: (change: (now: Selection) => Selection) => void;
  /** What the page of a link is opened with. */
  search: string;
  onTag: (tag: string) => void;
  onAction: (action: LinkAction, link: Link) => void;
};

export function LinkTable(props: Props) {
  const { links, hasMore, onMore, selection, onSelect, search, onTag, onAction, sort, onSort } =
    props;
  const [tz] = useTimeZone();
  const body = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const range = useVirtualRows(body, links.length, rowHeight);
  const [rested] = useDebouncedValue(range, restMs);
  const days = useLinkDays(blocksOf(links, rested.first, rested.end), tz);
  const coverage = coverageOf(selection, links);

  useEffect(() => {
    if (hasMore && range.end > links.length - 40) onMore();
  }, [hasMore, range.end, links.length, onMore]);

  const drawn: number[] = [];
  // The list may have become shorter since the window was measured.
  const end = Math.min(range.end, links.length);
  for (let index = range.first; index < end; index += 1) drawn.push(index);
  if (focused !== null && focused < links.length && !drawn.includes(focused)) drawn.push(focused);

  const toggle = useCallback(
    (index: number, extend: boolean) => onSelect((now) => toggled(now, links, index, extend)),
    [links, onSelect],
  );

  const focusRow = (index: number): boolean => {
    const link = body.current?.querySelector<HTMLElement>(`[data-row="${index}"]`);
    link?.focus({ preventScroll: true });
    link?.closest('[role="row"]')?.scrollIntoView({ block: 'nearest' });
    return Boolean(link);
  };
  // At once, when the row is drawn: the next key may come before the next frame.
  const goTo = (index: number) => {
    setFocused(index);
    if (!focusRow(index)) requestAnimationFrame(() => focusRow(index));
  };

  const onKey = (event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement ? event.target.dataset.row : undefined;
    if (event.key === 'Escape' && selection.ids.size > 0) {
      onSelect(() => nothingChosen);
      return;
    }
    if (row === undefined) return;
    const at = Number(row);
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
      onSelect(() => allChosen(links));
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const to = at + (event.key === 'ArrowDown' ? 1 : -1);
      if (to < 0 || to >= links.length) return;
      if (event.shiftKey) {
        const anchor = links[at]?.id ?? null;
        onSelect((now) => toggled({ ...now, anchor }, links, to, true));
      }
      goTo(to);
    } else if (event.key === ' ' || event.key.toLowerCase() === 'x') {
      toggle(at, event.shiftKey);
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div
      role="table"
      aria-label="Links"
      aria-rowcount={hasMore ? -1 : links.length + 1}
      className={classes.table}
      onKeyDown={onKey}
    >
      <div role="rowgroup" className={classes.top}>
        <div role="row" className={classes.head} aria-rowindex={1}>
          <div role="columnheader">
            <Checkbox
              size="xs"
              aria-label={hasMore ? 'Choose all links loaded so far' : 'Choose all links'}
              checked={coverage === 'all'}
              indeterminate={coverage === 'some'}
              onChange={() =>
                onSelect(() => (coverage === 'all' ? nothingChosen : allChosen(links)))
              }
            />
          </div>
          <div role="columnheader" aria-sort={order(sort, 'prefix')}>
            <SortButton name="Link" by="prefix" first="prefix" sort={sort} onSort={onSort} />
          </div>
          <div role="columnheader" className={classes.wide}>
            Tags
          </div>
          <div role="columnheader" className={classes.wide} aria-sort={order(sort, 'created_at')}>
            <SortButton
              name="Created"
              by="created_at"
              first="-created_at"
              sort={sort}
              onSort={onSort}
            />
          </div>
          <div role="columnheader" className={classes.middle}>
            Last 30 days
          </div>
          <div role="columnheader" className={classes.right}>
            <Tooltip
              label="Clicks by people in the last 30 days, today included. Bots are not among them."
              multiline
              maw={240}
              events={{ hover: true, focus: true, touch: true }}
            >
              <span tabIndex={0} className={classes.explained}>
                Clicks
              </span>
            </Tooltip>
          </div>
          <div role="columnheader">
            <VisuallyHidden>Actions</VisuallyHidden>
          </div>
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className={classes.body}
        style={{ height: links.length * rowHeight }}
        onFocus={(event) => {
          const at = (event.target as HTMLElement).closest<HTMLElement>('[role="row"]');
          if (at) setFocused(Number(at.getAttribute('aria-rowindex')) - 2);
        }}
      >
        {drawn.map((index) => {
          const link = links[index] as Link;
          return (
            <LinkRow
              key={link.id}
              link={link}
              index={index}
              top={index * rowHeight}
              last={index === links.length - 1}
              search={search}
              days={days.get(link.id)}
              chosen={selection.ids.has(link.id)}
              onToggle={toggle}
              onTag={onTag}
              onAction={onAction}
            />
          );
        })}
      </div>
    </div>
  );
}
