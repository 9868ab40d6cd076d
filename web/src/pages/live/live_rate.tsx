// SPDX-License-Identifier: Apache-2.0
// How fast clicks come: the last ten seconds as a rate, the last minute as counts and as one bar for
// each second. Only whole seconds that are over are counted. The clock that moves them is the
// server's, whose seconds these are.
import { Text } from '@mantine/core';
import type { Live } from '../../api/use_live';
import { perSecond, sumSeconds } from '../../api/live_feed';
import type { Traffic } from '../../api/view';
import { Bars } from '../../ui/bars';
import { count } from '../../ui/format';
import { useNow } from '../../ui/use_now';
import classes from './live.module.css';
import { LiveFigure } from './live_figure';

const barCount = 60;

/** A rate with as many digits as it deserves: 0.3, 12. */
export function perSecondText(clicks: number, seconds: number, locale?: string): string {
  const rate = seconds > 0 ? clicks / seconds : 0;
  const format = { maximumFractionDigits: rate < 10 ? 1 : 0 };
  return new Intl.NumberFormat(locale, format).format(rate);
}

export function LiveRate({
  live,
  traffic,
  paused,
}: {
  live: Live;
  traffic: Traffic;
  paused: boolean;
}) {
  const now = useNow(1000, !paused);
  const { seconds } = live.feed;
  // Seconds arrive a moment after they are over; the one before that is complete.
  const end = Math.floor((now - live.ahead - 250) / 1000) * 1000;
  const open = Math.max(0, Math.floor((end - (live.since - live.ahead)) / 1000));
  const shortly = Math.min(10, Math.max(1, open));
  const minute = sumSeconds(seconds, end - Math.min(60, open) * 1000, end);
  const lately = sumSeconds(seconds, end - shortly * 1000, end);
  const bars = perSecond(seconds, end, barCount);
  const stretch =
    open < 60 ? `since the stream is open (${count(open)} s)` : 'in the last 60 seconds';
  return (
    <section className={`tm-card ${classes.rate}`} aria-label="How fast clicks come">
      <dl className={classes.figures}>
        <LiveFigure
          label="Clicks a second"
          help={`Average of the last ${shortly} whole seconds.`}
          value={perSecondText(lately.clicks, shortly)}
        />
        <LiveFigure
          label="Clicks, last minute"
          help={`Clicks ${stretch}.`}
          value={count(minute.clicks)}
        />
        {traffic !== 'bot' && (
          <LiveFigure
            label="Unique, last minute"
            help={`First clicks of a visitor on a link in a UTC day, ${stretch}.`}
            value={count(minute.unique)}
          />
        )}
        <LiveFigure
          label="Bots, last minute"
          help={`Crawlers, previews and scanners ${stretch}: never part of the clicks of people.`}
          value={count(minute.bots)}
        />
      </dl>
      <div className={classes.barsBox}>
        <Bars values={bars} height={52} />
        <div className={classes.barsAxis} aria-hidden="true">
          <Text size="xs" c="dimmed">
            60 seconds ago
          </Text>
          <Text size="xs" c="dimmed">
            now
          </Text>
        </div>
      </div>
    </section>
  );
}
