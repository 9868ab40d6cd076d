# SPDX-License-Identifier: Apache-2.0
"""Random questions: a range, a zone, a class and filters, asked of the server and the reference."""
import datetime as dt
import random

from records import BEGIN, CHANGES, DAYS, FIELDS, LINKS
from reference import value_of
from zones import DAY, EPOCH, Zone

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham"]
ZONES += ["Australia/Lord_Howe", "America/Santiago", "Pacific/Apia", "Asia/Kolkata"]
DIMENSIONS = ["link", "referrer", "in_app", "first", "imported", "screen", "dpr", "outcome"]
DIMENSIONS += [name for name in FIELDS if name != "referrer_host"] + ["traffic"]
INTERVALS = {"minute": DAY // 4, "15m": 20 * DAY, "hour": 80 * DAY, "day": 0, "week": 0, "month": 0}
KINDS = {"summary": 5, "timeseries": 4, "series_by": 3, "breakdown": 8, "heatmap": 2, "raw": 1}


def iso(time):
    return (EPOCH + dt.timedelta(milliseconds=time)).strftime("%Y-%m-%dT%H:%M:%S.") + f"{time % 1000:03}Z"


def quote(value):
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("!", "\\!")


class Question:
    def __init__(self, seed, records, tags):
        self.random = random.Random(seed)
        self.zone = Zone(self.random.choice(ZONES))
        self.kind = self.random.choices(list(KINDS), KINDS.values())[0]
        self.traffic = self.random.choice(["human", "human", "bot", "all"])
        self.filters = self.draw_filters(records, tags)
        self.by = self.random.choice(DIMENSIONS + ["tag"])
        self.interval = self.random.choice(list(INTERVALS))
        self.limit = self.random.choice([1, 3, 10, 1000])
        if self.kind == "series_by":
            self.by = self.random.choice(DIMENSIONS)
            self.interval = self.random.choice(["day", "week", "month"])
            self.limit = self.random.choice([1, 3, 10])
        self.draw_range()

    def draw_range(self):
        pick = self.random
        longest = INTERVALS[self.interval] if self.kind == "timeseries" else 0
        day = dt.date(2025, 9, 1) + dt.timedelta(days=pick.randrange(DAYS - 1))
        if pick.random() < 0.3:
            day = dt.date.fromisoformat(pick.choice(CHANGES)) - dt.timedelta(days=pick.randrange(3))
        self.begin = self.zone.day_start(day)
        days = pick.choice([1, 2, 7, 30, 90])
        self.end = self.zone.day_start(day + dt.timedelta(days=days))
        if pick.random() < 0.3:
            self.begin += pick.randrange(DAY)
        if pick.random() < 0.3:
            self.end += pick.randrange(DAY)
        if longest:
            self.end = min(self.end, self.begin + longest)
        self.end = max(self.end, self.begin + 1)

    def draw_filters(self, records, tags):
        filters = []
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3])):
            none_of = self.random.random() < 0.25
            by = self.random.choice(DIMENSIONS[:-1] + ["link"] * 12 + ["tag"] * 3)
            if by in [one[0] for one in filters]:
                continue
            if by == "link":
                count = self.random.choice([1, 1, 1, 3])
                values = [f"lnk_{self.random.randint(1, LINKS)}" for _ in range(count)]
            elif by == "tag":
                values = [self.random.choice(sorted({tag for of in tags.values() for tag in of}))]
            else:
                count = self.random.choice([1, 2])
                values = [value_of(self.random.choice(records), by) for _ in range(count)]
            filters.append((by, none_of, values))
        return filters

    def query(self):
        out = {"from": iso(self.begin), "to": iso(self.end), "tz": self.zone.name}
        out["traffic"] = self.traffic
        for by, none_of, values in self.filters:
            out[by] = ("!" if none_of else "") + ",".join(map(quote, values))
        if self.kind in ("timeseries", "series_by"):
            out["interval"] = self.interval
        if self.kind in ("breakdown", "series_by"):
            out["by"] = self.by
            out["limit"] = str(self.limit)
        return out

    def expected(self, reference):
        common = (self.begin, self.end, self.traffic, self.filters)
        if self.kind == "summary":
            return reference.summary(self.zone, *common)
        if self.kind == "timeseries":
            return reference.timeseries(self.zone, *common, self.interval)
        if self.kind == "series_by":
            return reference.timeseries_by(self.zone, *common, self.interval, self.by, self.limit)
        if self.kind == "breakdown":
            return reference.breakdown(*common, self.by, self.limit)
        if self.kind == "heatmap":
            return reference.heatmap(self.zone, *common)
        return reference.raw(*common)

    def answered(self, ask):
        """The server's answer in the reference's form."""
        if self.kind == "raw":
            return self.all_clicks(ask)
        path = {"series_by": "timeseries"}.get(self.kind, self.kind)
        answer = ask(f"/api/v1/stats/{path}", self.query())
        point = lambda p: [moment(p["t"]), p["clicks"], p["unique_clicks"], p["bots"]]
        if self.kind == "timeseries":
            return [point(p) for p in answer["points"]]
        if self.kind == "series_by":
            lines = {}
            for p in answer["points"]:
                lines.setdefault(p["value"], []).append(point(p))
            return list(lines.items())
        if self.kind == "heatmap":
            return {
                (c["weekday"], c["hour"]): [c["clicks"], c["unique_clicks"], c["hours"]]
                for c in answer["cells"]
            }
        if self.kind == "breakdown":
            names = ("value", "kind", "clicks", "unique_clicks")
            rows = [{name: row[name] for name in names} for row in answer["rows"]]
            return {"rows": rows, "total": answer["total"]}
        names = ("clicks", "unique_clicks", "visitors", "bots")
        previous = {name: answer["previous"][name] for name in names}
        out = {name: answer[name] for name in (*names, "other_hits", "outcomes")}
        change = {name: answer["change"][name] for name in names}
        return {**out, "previous": previous, "change": change}

    def all_clicks(self, ask):
        clicks, cursor = [], None
        while True:
            query = {**self.query(), "limit": "1000", **({"cursor": cursor} if cursor else {})}
            page = ask("/api/v1/clicks", query)
            clicks += page["data"]
            cursor = page["next_cursor"]
            if not cursor:
                return clicks

    def differs(self, reference, ask):
        """What is wrong, or nothing."""
        expected, answered = self.expected(reference), self.answered(ask)
        if self.kind == "raw":
            expected = sorted(map(raw_key, expected))
            times = [click["time"] for click in answered]
            if times != sorted(times, reverse=True):
                return "raw clicks are not newest first"
            answered = sorted(raw_key({**c, "time": moment(c["time"]), "link_id": int((c["link_id"] or "lnk_0")[4:])}) for c in answered)
        if expected == answered:
            return None
        return f"{self.kind} {self.query()}\n  expected {str(expected)[:1500]}\n  answered {str(answered)[:1500]}"


def moment(text):
    when = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (when - EPOCH) // dt.timedelta(milliseconds=1)


def raw_key(click):
    """A click's fields that are written as they were sent; null and nothing are the same."""
    names = ("time", "link_id", "outcome", "traffic", "country", "city", "token", "campaign")
    return tuple(str(click[name] or "") for name in names) + (bool(click["first"]),)
