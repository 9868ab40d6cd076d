# SPDX-License-Identifier: Apache-2.0
"""Time zones as docs/reference/semantics.md has them, over the standard library's zoneinfo.

Times are Unix milliseconds, UTC. Nothing here is shared with the product, whose zones are cctz's.
"""
import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

QUARTER = 15 * 60 * 1000
HOUR = 3600 * 1000
DAY = 24 * HOUR
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def moment(text):
    when = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (when - EPOCH) // dt.timedelta(milliseconds=1)


def iso(time):
    when = EPOCH + dt.timedelta(milliseconds=time)
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time % 1000:03}Z"


class Zone:
    def __init__(self, name):
        self.name = name
        self.info = ZoneInfo(name)
        self.week_hour = cache(self.week_hour)  # of as many quarters as there are

    def local(self, time):
        """The wall clock at a moment, without a zone."""
        moment = EPOCH + dt.timedelta(milliseconds=time)
        return moment.astimezone(self.info).replace(tzinfo=None, fold=0)

    def moment(self, wall):
        """The first moment that reads `wall`; when clocks skip it, the moment of the jump."""
        aware = wall.replace(tzinfo=self.info)
        time = (aware - EPOCH) // dt.timedelta(milliseconds=1)
        if self.local(time) == wall:
            return time
        low, high = time - DAY, time + DAY  # the clock reads less before the jump, more after it
        while high - low > 1:
            middle = (low + high) // 2
            if self.local(middle) < wall:
                low = middle
            else:
                high = middle
        return high

    def day_start(self, day):
        return self.moment(dt.datetime(day.year, day.month, day.day))

    def week_hour(self, quarter):
        """Weekday (1 is Monday) and hour of a quarter of an hour, counted from 1970 in UTC."""
        wall = self.local(quarter * QUARTER)
        return wall.isoweekday(), wall.hour

    def day_of(self, time):
        """The day that begins at a moment, or nothing."""
        day = self.local(time).date()
        return day if self.day_start(day) == time else None

    def is_hour_start(self, time):
        here, before = self.local(time), self.local(time - QUARTER)
        hour = lambda wall: wall.replace(minute=0, second=0, microsecond=0)
        return here.minute == 0 or hour(here) > hour(before)

    def bucket_at(self, time, interval):
        """The start of the bucket that holds a moment."""
        wall = self.local(time)
        if interval == "minute":
            return time - time % 60_000
        if interval == "15m":
            return time - time % QUARTER
        if interval == "hour":
            start = time - time % QUARTER
            while not self.is_hour_start(start):
                start -= QUARTER
            return start
        day = wall.date()
        if interval == "week":
            day -= dt.timedelta(days=day.weekday())
        if interval == "month":
            day = day.replace(day=1)
        return self.day_start(day)

    def next_bucket(self, start, interval):
        if interval == "minute":
            return start + 60_000
        if interval == "15m":
            return start + QUARTER
        if interval == "hour":
            start += QUARTER
            while not self.is_hour_start(start):
                start += QUARTER
            return start
        day = self.local(start).date()
        if interval == "day":
            day += dt.timedelta(days=1)
        if interval == "week":
            day += dt.timedelta(days=7 - day.weekday())
        if interval == "month":
            day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        return self.day_start(day)

    def buckets(self, begin, end, interval):
        starts = []
        start = self.bucket_at(begin, interval)
        while start < end:
            starts.append(start)
            start = self.next_bucket(start, interval)
        return starts

    def previous(self, begin, end):
        """The range that [begin, end) is compared with."""
        first = self.local(begin).date()
        if begin != self.day_start(first):
            return begin - (end - begin), begin
        last = self.local(end).date()
        into = end - self.day_start(last)
        days = (last - first).days + (1 if into else 0)
        earlier = dt.timedelta(days=days)
        if not into:
            return self.day_start(first - earlier), begin
        place = self.day_start(last - earlier) + into
        return self.day_start(first - earlier), min(
            place, self.day_start(last - earlier + dt.timedelta(days=1))
        )
