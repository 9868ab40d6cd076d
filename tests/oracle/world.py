# SPDX-License-Identifier: Apache-2.0
"""All that the sender knows, and what a question is about."""
from collections import defaultdict
from dataclasses import dataclass, replace

from bits import rows_where
from zones import Zone


@dataclass(frozen=True)
class Query:
    zone: Zone
    begin: int
    end: int
    traffic: str
    filters: tuple  # of (dimension, whether none of, values)
    is_all: bool = False  # range=all: from the oldest hit to now

    def before(self):
        """The question about the period before."""
        if self.is_all:
            return None
        begin, end = self.zone.previous(self.begin, self.end)
        return replace(self, begin=begin, end=end)

    def with_filter(self, dimension, value):
        return replace(self, filters=(*self.filters, (dimension, False, (value,))))

    def of_traffic(self, traffic):
        return replace(self, traffic=traffic)


class World:
    """Conversions of hits that are gone are gone with them; figures stay."""

    def __init__(self, hits, links, figures, conversions):
        self.hits, self.links, self.figures = hits, links, figures
        places = {click: row for row, click in enumerate(hits.columns["click_id"])}
        self.conversions = defaultdict(list)  # by the row of their click: (time, value)
        for one in conversions:
            if one["click_id"] in places:
                self.conversions[places[one["click_id"]]].append((one["time"], one["value"]))
        self.converted = rows_where([row in self.conversions for row in range(len(hits.times))])

    def rows(self, query):
        return self.hits.within(query.begin, query.end) & self.hits.meeting(query.filters)

    def clicks(self, query):
        """Headline clicks of the traffic asked for."""
        return self.rows(query) & self.hits.headline & self.hits.of_class[query.traffic]
