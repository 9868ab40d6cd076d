# SPDX-License-Identifier: Apache-2.0
"""Every question about clicks, answered by looking at every record.

A record is what a sender knows of a hit: its fields by the names of the stored click, and which
person it was. Nothing is stored, grouped ahead or flagged by the product: who came first is worked
out from person, link and time, as docs/reference/semantics.md says. Slow, short and plain.
"""
from bisect import bisect_left
from collections import Counter, defaultdict

from zones import DAY, QUARTER

HEADLINE = {"redirected", "landing"}
OTHER = {"head", "prefetch"}
OUTCOMES = ["redirected", "landing", "expired", "limit_reached", "disabled", "scheduled"]
OUTCOMES += ["password", "preview_page", "prefetch", "not_found"]
ALWAYS_THERE = {"country", "region", "city", "language", "os", "os_version", "browser"}
ALWAYS_THERE |= {"browser_version"}
FLAGS = {"in_app", "first", "imported"}
COLUMNS = {"referrer": "referrer_host"}


def is_click(record):
    return record["outcome"] in HEADLINE and record["traffic"] not in OTHER


def is_bot(record):
    return record["traffic"] != "human" and record["traffic"] not in OTHER


def asked(record, traffic):
    if traffic == "human":
        return record["traffic"] == "human"
    if traffic == "bot":
        return is_bot(record)
    return record["traffic"] not in OTHER


def mark_firsts(records):
    """Sets first and first_ws on each visitor's earliest human headline click of the UTC day."""
    seen = set()
    for record in sorted(records, key=lambda one: one["time"]):
        counts = record["traffic"] == "human" and record["outcome"] in HEADLINE
        record["first"] = record["first_ws"] = 0
        if not counts or not record["visitor"]:
            continue
        day = record["time"] // DAY
        for flag, key in (
            ("first", (day, record["visitor"], record["link_id"])),
            ("first_ws", (day, record["visitor"])),
        ):
            if key not in seen:
                seen.add(key)
                record[flag] = 1


def value_of(record, dimension):
    if dimension == "link":
        return f"lnk_{record['link_id']}" if record["link_id"] else ""
    if dimension in FLAGS:
        return "true" if record[dimension] else "false"
    if dimension == "screen":
        known = record["screen_w"] and record["screen_h"]
        return f"{record['screen_w']}x{record['screen_h']}" if known else "Unknown"
    if dimension == "dpr":
        return f"{record['dpr']:g}" if record["dpr"] else "Unknown"
    value = record[COLUMNS.get(dimension, dimension)]
    return "Unknown" if dimension in ALWAYS_THERE and value == "" else value


def kind_of(dimension, value):
    can_be = dimension in ALWAYS_THERE or dimension in {"screen", "dpr"}
    return "unknown" if can_be and value == "Unknown" else "value"


class Reference:
    """`tags`: a link's id to its tags."""

    def __init__(self, records, tags):
        self.records = sorted(records, key=lambda one: one["time"])
        self.times = [one["time"] for one in self.records]
        self.tags = tags
        mark_firsts(self.records)

    def meets(self, record, filters):
        for dimension, none_of, values in filters:
            if dimension == "tag":
                found = any(tag in values for tag in self.tags.get(record["link_id"], []))
            else:
                found = value_of(record, dimension) in values
            if found == none_of:
                return False
        return True

    def select(self, begin, end, filters):
        within = self.records[bisect_left(self.times, begin) : bisect_left(self.times, end)]
        return [one for one in within if self.meets(one, filters)]

    def numbers(self, begin, end, traffic, filters):
        rows = self.select(begin, end, filters)
        clicks = [one for one in rows if is_click(one) and asked(one, traffic)]
        people = [one for one in rows if one["traffic"] == "human" and is_click(one)]
        if filters:
            visitors = len({(one["time"] // DAY, one["visitor"]) for one in people if one["visitor"]})
        else:
            visitors = sum(one["first_ws"] for one in clicks)
        beside = Counter(
            one["outcome"]
            for one in rows
            if one["outcome"] not in HEADLINE and asked(one, traffic)
        )
        return {
            "clicks": len(clicks),
            "unique_clicks": None if traffic == "bot" else sum(one["first"] for one in clicks),
            "visitors": None if traffic == "bot" else visitors,
            "bots": sum(1 for one in rows if one["outcome"] in HEADLINE and is_bot(one)),
            "other_hits": sum(1 for one in rows if one["traffic"] in OTHER),
            "outcomes": [
                {"outcome": name, "clicks": beside[name]} for name in OUTCOMES if beside[name]
            ],
        }

    def summary(self, zone, begin, end, traffic, filters):
        now = self.numbers(begin, end, traffic, filters)
        before = self.numbers(*zone.previous(begin, end), traffic, filters)
        change = {}
        for name in ("clicks", "unique_clicks", "visitors", "bots"):
            known = before[name] and now[name] is not None
            change[name] = (now[name] - before[name]) / before[name] if known else None
        for name in ("other_hits", "outcomes"):
            del before[name]
        return {**now, "previous": before, "change": change}

    def points(self, rows, starts, end, traffic):
        """[(start, clicks, unique clicks, bots)] of the buckets that `starts` begin."""
        out = [[start, 0, None if traffic == "bot" else 0, 0] for start in starts]
        at = 0
        for one in rows:
            if not is_click(one):
                continue
            while at + 1 < len(starts) and one["time"] >= starts[at + 1]:
                at += 1
            if asked(one, traffic):
                out[at][1] += 1
                if traffic != "bot":
                    out[at][2] += one["first"]
            out[at][3] += is_bot(one)
        return out

    def timeseries(self, zone, begin, end, traffic, filters, interval):
        starts = zone.buckets(begin, end, interval)
        return self.points(self.select(begin, end, filters), starts, end, traffic)

    def timeseries_by(self, zone, begin, end, traffic, filters, interval, by, limit):
        """{value or None for the rest: points}, in the order of the breakdown."""
        starts = zone.buckets(begin, end, interval)
        rows = self.select(begin, end, filters)
        of = defaultdict(list)
        kept = self.breakdown(begin, end, traffic, filters, by, limit)["rows"]
        values = [row["value"] for row in kept]
        for one in rows:
            value = value_of(one, by)
            of[value if value in values else None].append(one)
        return [(value, self.points(of[value], starts, end, traffic)) for value in values]

    def breakdown(self, begin, end, traffic, filters, by, limit):
        clicks = [
            one
            for one in self.select(begin, end, filters)
            if is_click(one) and asked(one, traffic)
        ]
        count, first = Counter(), Counter()
        for one in clicks:
            values = self.tags.get(one["link_id"]) or [""] if by == "tag" else [value_of(one, by)]
            for value in values:
                count[value] += 1
                first[value] += one["first"]
        unique = lambda number: None if traffic == "bot" else number
        order = (lambda value: int(value[4:] or 0)) if by == "link" else (lambda v: v.encode())
        values = sorted(count, key=lambda value: (-count[value], order(value)))
        rows = [
            {
                "value": value,
                "kind": kind_of(by, value),
                "clicks": count[value],
                "unique_clicks": unique(first[value]),
            }
            for value in values
        ]
        rest = rows[limit:]
        rows = rows[:limit]
        if rest:
            cut = lambda name: sum(row[name] for row in rest)
            rows.append(
                {
                    "value": None,
                    "kind": "rest",
                    "clicks": cut("clicks"),
                    "unique_clicks": unique(0) if traffic == "bot" else cut("unique_clicks"),
                }
            )
        total = {"clicks": len(clicks), "unique_clicks": unique(sum(o["first"] for o in clicks))}
        return {"rows": rows, "total": total}

    def heatmap(self, zone, begin, end, traffic, filters):
        cells = {(day, hour): [0, None if traffic == "bot" else 0, 0] for day in range(1, 8) for hour in range(24)}
        place = lambda time: (zone.local(time).isoweekday(), zone.local(time).hour)
        for one in self.select(begin, end, filters):
            if is_click(one) and asked(one, traffic):
                cell = cells[place(one["time"])]
                cell[0] += 1
                if traffic != "bot":
                    cell[1] += one["first"]
        for quarter in range(begin // QUARTER, -(-end // QUARTER)):
            cells[place(quarter * QUARTER)][2] += 0.25
        return cells

    def raw(self, begin, end, traffic, filters):
        keep = {"human": lambda one: one["traffic"] == "human", "bot": is_bot, "all": lambda one: True}
        return [one for one in self.select(begin, end, filters) if keep[traffic](one)]
