// SPDX-License-Identifier: Apache-2.0
// A strip that says what happens now: how busy the last half hour was and the newest clicks, with
// the filters of its page. It comes after the figures, so that it costs them nothing, and tells the
// page when there is something new to count. Held still it asks for nothing, and stays so.
import { ActionIcon, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Link, useSearch } from 'wouter';
import { useClicksCame } from '../../api/clicks_came';
import { latelyMinutes, useLately } from '../../api/lately';
import { emptyFeed, type Feed } from '../../api/live_feed';
import { pace } from '../../api/stats';
import type { Click, StatsQuery } from '../../api/types';
import { liveFilters, useLive } from '../../api/use_live';
import { withView } from '../../api/view';
import { Bars } from '../../ui/bars';
import { Explain } from '../../ui/explain';
import { ago, count, rate } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { useNow } from '../../ui/use_now';
import { addressOf, kindOf, placeOf, sourceOf } from './click_words';
import { LiveState } from './live_state';
import classes from './ticker.module.css';

const shownClicks = 3;
/** Ages move no more often than this: the strip is looked at, not watched. */
const agesMs = 5_000;

type Props = {
  query: StatsQuery;
  /** The server's time of the page's last answer. */
  asOf: string;
  /** Whether the page is about one link, which the rows then need not name. */
  ofLink: boolean;
  /** Clicks came, and are stored by now. */
  onClicks: () => void;
};

function LatelyFigures({ query, asOf }: Pick<Props, 'query' | 'asOf'>) {
  const { data } = useLately(query, asOf);
  return (
    <div className={classes.lately}>
      <p className={`tm-num ${classes.figures}`}>
        <b>{count(data?.clicks)}</b> {data?.clicks === 1 ? 'click' : 'clicks'} in {latelyMinutes}{' '}
        minutes
        <span className={classes.rate}>now {rate(data?.perMinute)} a minute</span>
      </p>
      <div className={classes.bars}>{data && <Bars values={data.minutes} height={34} />}</div>
    </div>
  );
}

type RowProps = { click: Click; fresh: boolean; now: number; ofLink: boolean };

function Row({ click, fresh, now, ofLink }: RowProps) {
  const search = useSearch();
  const place = placeOf(click);
  const kind = kindOf(click);
  const facts = [ofLink ? null : place, sourceOf(click), kind].filter(Boolean);
  return (
    <li
      className={classes.click}
      data-fresh={fresh || undefined}
      data-other={kind !== null || undefined}
    >
      <span className={classes.what}>
        {ofLink || !click.link_id ? (
          ofLink ? (
            place
          ) : (
            addressOf(click)
          )
        ) : (
          <Link href={withView(`/links/${click.link_id}`, search)}>{addressOf(click)}</Link>
        )}
      </span>
      <time dateTime={click.time} className={`tm-num ${classes.ago}`}>
        {ago(click.time, new Date(now))}
      </time>
      <span className={classes.facts}>{facts.join(' · ')}</span>
    </li>
  );
}

function Rows({ feed, now, ofLink }: { feed: Feed; now: number; ofLink: boolean }) {
  if (feed.rows.length === 0)
    return <p className={classes.none}>No clicks in the last 24 hours. The next one shows here.</p>;
  return (
    <ol className={classes.rows} aria-label="Newest clicks">
      {feed.rows.slice(0, shownClicks).map((click) => (
        <Row
          key={click.click_id}
          fresh={!feed.listed.has(click.click_id)}
          {...{ click, now, ofLink }}
        />
      ))}
    </ol>
  );
}

export default function Ticker({ query, asOf, ofLink, onClicks }: Props) {
  const search = useSearch();
  const [paused, pause] = useLocalStorage<boolean>({
    key: 'tallymark-ticker-paused',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const { feed, state, ahead } = useLive(liveFilters(query), !paused);
  const now = useNow(agesMs, !paused);
  useClicksCame(feed.seconds.at(-1)?.t, onClicks, pace(query));
  const asked = feed.rows.length > 0 || feed.listed !== emptyFeed.listed;
  const verb = paused ? 'Go on' : 'Pause';
  return (
    <section
      className={`tm-card ${classes.strip}`}
      aria-label="Live"
      data-waits={(!asked && !paused) || undefined}
    >
      <div className={classes.state}>
        <LiveState state={state} paused={paused} />
        <Explain what="lately" />
        <Tooltip label={paused ? 'Show clicks as they come' : 'Hold the live clicks still'}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`${verb}: live clicks`}
            onClick={() => pause(!paused)}
          >
            <Icon name={paused ? 'play' : 'pause'} size={15} />
          </ActionIcon>
        </Tooltip>
        <Link href={withView('/live', search)} className={classes.more}>
          All live clicks
        </Link>
      </div>
      <LatelyFigures query={query} asOf={asOf} />
      {asked && <Rows feed={feed} now={now - ahead} ofLink={ofLink} />}
    </section>
  );
}
