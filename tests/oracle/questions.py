# SPDX-License-Identifier: Apache-2.0
"""Random questions: a kind, a range, a zone, a class and filters, as they go over HTTP."""
import datetime as dt
import random

from records import CHANGES, FIELDS, LINKS, OPEN
from shop import REPORTING
from world import Query
from zones import DAY, Zone, iso

NAMES = [REPORTING, "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]
NAMES += ["Pacific/Chatham", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]
ZONES = {name: Zone(name) for name in NAMES}
COUNTED = ["link", "referrer", "in_app", "first", "imported", "screen", "dpr", "screen_source"]
COUNTED += ["outcome"]
COUNTED += [name for name in FIELDS if name != "referrer_host"]
INTERVALS = {"minute": DAY // 4, "15m": 20 * DAY, "hour": 80 * DAY, "day": 0, "week": 0, "month": 0}
# How often each kind is asked in forty questions.
KINDS = {"summary": 5, "timeseries": 3, "series_by": 3, "breakdown": 5, "breakdowns": 3}
KINDS |= {"heatmap": 2, "clicks": 1, "compare": 3, "channels": 3, "funnel": 2, "geo": 3}
KINDS |= {"velocity": 2, "best_time": 2, "export": 1, "export_by": 1, "export_series": 1}
TURNS = [kind for kind, times in KINDS.items() for _ in range(times)]
FAR = 2**42  # in more than a hundred years
# Those whose answers to range=all do not depend on the moment they are asked at.
TIMELESS = {"summary", "breakdown", "breakdowns", "compare", "channels", "funnel", "geo"}
TIMELESS |= {"export_by"}
# Days of a range; answers to some kinds are as long as their range has clicks.
LENGTHS = {"clicks": [1, 2, 7], "export": [1, 7, 30], "best_time": [30, 60, 90]}
LENGTHS |= {"velocity": [1, 7, 30]}


def quote(value):
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("!", "\\!")


class Question:
    def __init__(self, seed, world):
        self.seed, self.world = seed, world
        self.random = random.Random(seed)
        self.kind = TURNS[seed % len(TURNS)]
        self.draw_parameters()
        self.query = self.draw_query()

    def draw_parameters(self):
        """What the kind takes beside the common query."""
        pick, kind = self.random, self.kind
        self.by = pick.choice(COUNTED + ["tag", "traffic"])
        self.limit = pick.choice([1, 3, 10, 1000])
        self.interval = pick.choice(list(INTERVALS))
        self.format = pick.choice(["csv", "ndjson"])
        if kind in ("series_by", "export_series"):
            self.interval = pick.choice(["day", "week", "month"])
        if kind == "series_by":
            self.by, self.limit = pick.choice(COUNTED), pick.choice([1, 3, 10])
        if kind == "breakdowns":
            self.by, self.limit = pick.sample(COUNTED, 5), pick.choice([1, 3, 10])
        if kind == "geo":
            self.by = pick.choice(["country", "region", "city"])
        if kind == "velocity":
            self.interval = pick.choice(["hour", "day"])
        if kind == "best_time":
            self.limit = 168
        if kind == "heatmap":
            self.clock = pick.choice(["viewer", "visitor"])
        if kind == "compare":
            self.by = pick.choice(COUNTED + ["link"] * 12 + ["campaign", "channel", "tag"] * 2)
            values = sorted(self.world.hits.values(self.by))
            if len(values) < 2 or self.by == "link":
                self.by, values = "link", [f"lnk_{i}" for i in range(1, LINKS + 1)]
            self.values = pick.sample(values, pick.randint(2, min(5, len(values))))

    def draw_query(self):
        pick = self.random
        zone = ZONES[REPORTING] if pick.random() < 0.4 else ZONES[pick.choice(NAMES)]
        traffic = pick.choice(["human", "human", "bot", "all"])
        if self.kind == "funnel":
            traffic = "human"
        begin, end = self.draw_range(zone)
        is_all = self.kind in TIMELESS and pick.random() < 0.1
        if is_all:
            begin, end = 0, FAR
        return Query(zone, begin, end, traffic, tuple(self.draw_filters()), is_all)

    def draw_range(self, zone):
        """Mostly whole days; often around a change of clocks."""
        pick = self.random
        day = dt.date(2025, 9, 1) + dt.timedelta(days=pick.choice(OPEN))
        if pick.random() < 0.3:
            day = dt.date.fromisoformat(pick.choice(CHANGES)) - dt.timedelta(days=pick.randrange(3))
        begin = zone.day_start(day)
        days = pick.choice(LENGTHS.get(self.kind, [1, 2, 7, 30, 90]))
        end = zone.day_start(day + dt.timedelta(days=days))
        if pick.random() < 0.25:
            begin += pick.randrange(DAY)
        if pick.random() < 0.25:
            end += pick.randrange(DAY)
        longest = INTERVALS[self.interval] if self.kind == "timeseries" else 0
        if longest:
            end = min(end, begin + longest)
        return begin, max(end, begin + 1)

    def draw_filters(self):
        """Often a busy link alone, whose days are counted ahead; else any."""
        if self.random.random() < 0.25:
            return [("link", False, (f"lnk_{self.random.randint(1, 3)}",))]
        filters = []
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3])):
            none_of = self.random.random() < 0.25
            by = self.random.choice(COUNTED + ["link"] * 12 + ["tag", "campaign", "channel"] * 2)
            if by in [one[0] for one in filters]:
                continue
            if by == "link":
                count = self.random.choice([1, 1, 1, 3])
                values = [f"lnk_{self.random.randint(1, LINKS)}" for _ in range(count)]
            else:
                values = sorted(self.world.hits.values(by))
                values = self.random.choices(values, k=self.random.choice([1, 2]))
            filters.append((by, none_of, tuple(values)))
        return filters

    def path(self):
        if self.kind.startswith("export"):
            return f"/api/v1/export.{self.format}"
        if self.kind == "clicks":
            return "/api/v1/clicks"
        return "/api/v1/stats/" + {"series_by": "timeseries"}.get(self.kind, self.kind)

    def parameters(self):
        query = self.query
        out = {"from": iso(query.begin), "to": iso(query.end), "tz": query.zone.name}
        if query.is_all:
            out = {"range": "all", "tz": query.zone.name}
        out["traffic"] = query.traffic
        for by, none_of, values in query.filters:
            out[by] = ("!" if none_of else "") + ",".join(map(quote, values))
        if self.kind in ("timeseries", "series_by", "velocity", "export_series"):
            out["interval"] = self.interval
        if self.kind in ("breakdown", "breakdowns", "series_by", "geo", "best_time"):
            out["limit"] = str(self.limit)
        if self.kind in ("breakdown", "series_by", "geo", "compare", "export_by"):
            out["by"] = self.by
        if self.kind == "breakdowns":
            out["by"] = ",".join(self.by)
        if self.kind == "heatmap" and self.clock == "visitor":
            out["clock"] = self.clock
        if self.kind == "compare":
            out["values"] = ",".join(map(quote, self.values))
        if self.kind.startswith("export") and self.format == "csv":
            out["raw"] = "1"
        return out
