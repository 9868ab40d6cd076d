# SPDX-License-Identifier: Apache-2.0
"""What goes into the questions about when: each bucket's clicks, each hour's evidence.

How likely such counts are is checked against R (src/insights/oracle_test.cc).
"""
from dataclasses import replace
from itertools import groupby

from counting import points, timeseries
from zones import HOUR, QUARTER

LEAST_WEEKS = 3


def velocity(world, query, interval):
    """Each bucket's clicks, of all and by platform. The first is whole: its past is known."""
    starts = query.zone.buckets(query.begin, query.end, interval)
    query = replace(query, begin=starts[0])
    counts = lambda rows: [clicks for _, clicks, _, _ in points(world, query, starts, rows)]
    rows, sets = world.rows(query), world.hits.values("platform")
    of_all = counts(rows)
    return {
        "points": list(zip(starts, of_all)),
        "platforms": {name: dict(zip(starts, counts(rows & of))) for name, of in sets.items()},
        "clicks_per_hour": sum(of_all) * HOUR / (query.end - starts[0]),
    }


def best_time(world, query):
    """Clicks, weeks and the busiest week's clicks of each hour of the week, of whole hours only."""
    quarters = timeseries(world, query, "15m")
    whole = [q for q in quarters if q[0] >= query.begin and q[0] + QUARTER <= query.end]
    cells = {}
    for place, of_hour in groupby(whole, lambda point: query.zone.week_hour(point[0] // QUARTER)):
        of_hour = [clicks for _, clicks, _, _ in of_hour]
        if len(of_hour) % 4:
            continue
        clicks, weeks, busiest = cells.get(place, (0, 0, 0))
        clicks, weeks = clicks + sum(of_hour), weeks + len(of_hour) // 4
        cells[place] = (clicks, weeks, max(busiest, sum(of_hour)))
    clicks, hours = (sum(cell[i] for cell in cells.values()) for i in (0, 1))
    weeks = max((cell[1] for cell in cells.values()), default=0)
    why_none = "too_few_weeks" if weeks < LEAST_WEEKS else "no_hour_stands_out"
    return {
        "clicks": clicks,
        "clicks_per_hour": clicks / hours if hours else 0,
        "weeks": weeks,
        "why_none": why_none if clicks else "no_clicks",
        "cells": cells,
    }
