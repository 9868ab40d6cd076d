# SPDX-License-Identifier: Apache-2.0
"""The sender's hits as something to be asked: which rows are meant by a range, a filter, a class.

Nothing is flagged by the product: who came first is worked out from person, link and time, as
docs/reference/semantics.md says. Every dimension is looked through once, row by row, when it is
first asked for; from then on its values are sets of rows (bits.py).
"""
from bisect import bisect_left
from functools import cache, cached_property, reduce
from operator import or_

from bits import rows_where, span, value_sets
from zones import DAY

HEADLINE = ["redirected", "landing"]
OTHER = ["head", "prefetch"]
BOTS = ["preview", "crawler", "ai", "monitor", "library", "scanner_suspect"]
ALWAYS_THERE = {"country", "region", "city", "language", "os", "os_version", "browser"}
ALWAYS_THERE |= {"browser_version"}
FLAGS = {"in_app", "first", "imported"}
COLUMNS = {"referrer": "referrer_host"}


def first_flags(hits):
    """Who comes first of a UTC day: by visitor and link, and by visitor."""
    seen, first, first_ws = set(), [], []
    people = zip(hits["time"], hits["visitor"], hits["link_id"], hits["traffic"], hits["outcome"])
    for time, visitor, link, traffic, outcome in people:
        counts = visitor and traffic == "human" and outcome in HEADLINE
        day = time // DAY
        for flags, who in ((first, (day, visitor, link)), (first_ws, (day, visitor))):
            flags.append(int(counts and who not in seen))
            if counts:
                seen.add(who)
    return first, first_ws


def screen_text(width, height):
    return f"{width}x{height}" if width and height else "Unknown"


class Hits:
    """`columns`: by time. `tags`: a link's id to its tags."""

    def __init__(self, columns, tags):
        self.columns = dict(columns)
        self.columns["first"], self.columns["first_ws"] = first_flags(columns)
        self.times = columns["time"]
        self.everything = span(0, len(self.times))
        self.tags = tags
        self.sets = cache(lambda dimension: value_sets(self.texts(dimension)))

    def texts(self, dimension):
        """Each row's value as the API spells it."""
        of = self.columns
        if dimension == "link":
            return [f"lnk_{link}" if link else "" for link in of["link_id"]]
        if dimension in FLAGS:
            return ["true" if flag else "false" for flag in of[dimension]]
        if dimension == "screen":
            told = zip(of["view_w"], of["view_h"], of["screen_w"], of["screen_h"])
            return [screen_text(*((vw, vh) if vw else (w, h))) for vw, vh, w, h in told]
        if dimension == "screen_source":
            told = zip(of["view_w"], of[dimension])
            return ["beacon" if view else source for view, source in told]
        if dimension == "dpr":
            told = (view or dpr for view, dpr in zip(of["view_dpr"], of["dpr"]))
            return [f"{dpr:g}" if dpr else "Unknown" for dpr in told]
        texts = of[COLUMNS.get(dimension, dimension)]
        return [text or "Unknown" for text in texts] if dimension in ALWAYS_THERE else texts

    def values(self, dimension):
        """Each value to its rows; by tag a row may be of several, and of "" without one."""
        if dimension != "tag":
            return self.sets(dimension)
        out, with_tag = {}, 0
        for link, tags in self.tags.items():
            for tag in tags:
                out[tag] = out.get(tag, 0) | self.sets("link").get(f"lnk_{link}", 0)
                with_tag |= out[tag]
        return {**out, "": self.everything & ~with_tag}

    def any_of(self, dimension, values):
        sets = self.values(dimension)
        return reduce(or_, (sets.get(value, 0) for value in values), 0)

    def meeting(self, filters):
        """Rows that every filter (dimension, whether none of, values) lets through."""
        rows = self.everything
        for dimension, none_of, values in filters:
            wanted = self.any_of(dimension, values)
            rows &= ~wanted if none_of else wanted
        return rows

    def edge(self, time):
        """The first row at or after a moment."""
        return bisect_left(self.times, time)

    def within(self, begin, end):
        return span(self.edge(begin), self.edge(end))

    @cached_property
    def of_class(self):
        """The classes that `traffic` asks for."""
        human, bot = self.any_of("traffic", ["human"]), self.any_of("traffic", BOTS)
        return {"human": human, "bot": bot, "all": human | bot}

    @cached_property
    def headline(self):
        return self.any_of("outcome", HEADLINE)

    @cached_property
    def other(self):
        return self.any_of("traffic", OTHER)

    @cached_property
    def first(self):
        return rows_where(self.columns["first"])

    @cached_property
    def first_ws(self):
        return rows_where(self.columns["first_ws"])
