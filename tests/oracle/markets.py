# SPDX-License-Identifier: Apache-2.0
"""Markets: clicks by place in two periods, and how concentrated they are."""
from counting import uniques
from money import change, converted, rate, wilson

UNKNOWN = "Unknown"


class Markets:
    def __init__(self, world, query, by):
        self.world, self.query, self.sets = world, query, world.hits.values(by)
        self.clicks, before = world.clicks(query), query.before()
        self.earlier = world.clicks(before) if before else None
        self.located = self.clicks & ~self.sets.get(UNKNOWN, 0)
        self.converted = converted(world, query) if query.traffic == "human" else None

    def counts(self, rows):
        here = (self.clicks & rows).bit_count()
        before = None if self.earlier is None else (self.earlier & rows).bit_count()
        return {
            "clicks": here,
            "unique_clicks": uniques(self.world, self.query, self.clicks & rows),
            "previous_clicks": before,
            "change": change(here, before),
        }

    def row(self, value, rows, kind="value"):
        """Places that nobody could tell, and all those that were cut off, are no market."""
        counts, is_market = self.counts(rows), kind == "value"
        here, total = counts["clicks"], self.clicks.bit_count()
        located = self.located.bit_count()
        rated = is_market and self.converted is not None
        converting = (self.converted & rows).bit_count() if rated else 0
        share = here / located if located else 0
        return {
            "value": value,
            "kind": kind,
            **counts,
            "share": here / total if total else None,
            "market_share": share if is_market else None,
            "market_share_interval": wilson(here, located) if is_market else None,
            **rate("conversion_rate", converting, here if rated else 0),
        }


def order(row):
    """Most clicks first, and what had clicks only before by those."""
    return -row["clicks"], 0 if row["clicks"] else -row["previous_clicks"], row["value"].encode()


def geo(world, query, by, limit):
    markets = Markets(world, query, by)
    is_there = lambda row: row["clicks"] or row["previous_clicks"]
    places = [(value, rows) for value, rows in markets.sets.items() if value != UNKNOWN]
    rows = sorted(filter(is_there, (markets.row(*place) for place in places)), key=order)
    cut = world.hits.any_of(by, [row["value"] for row in rows[limit:]])
    ends = [
        markets.row(UNKNOWN, markets.sets.get(UNKNOWN, 0), "unknown"),
        markets.row(None, cut, "rest"),
    ]
    shares = [row["market_share"] for row in rows]
    index = sum(share * share for share in shares)
    return {
        "total": {**markets.counts(world.hits.everything), "located": markets.located.bit_count()},
        "concentration": {
            "index": index,
            "effective_markets": 1 / index if index else 0,
            "top_share": max(shares, default=0),
        },
        "rows": rows[:limit] + list(filter(is_there, ends)),
        "strongest": [row["value"] for row in rows[:3] if row["clicks"]],
    }
