# SPDX-License-Identifier: Apache-2.0
"""Questions that count clicks, answered from every single one: docs/reference/semantics.md."""
from bits import count_between, members
from zones import DAY, QUARTER, Zone

from hits import ALWAYS_THERE

OUTCOMES = ["redirected", "landing", "expired", "limit_reached", "disabled", "scheduled"]
OUTCOMES += ["password", "preview_page", "prefetch", "not_found"]


def uniques(world, query, clicks):
    """How many of these clicks are unique ones; bots have none."""
    return None if query.traffic == "bot" else (clicks & world.hits.first).bit_count()


def visitors(world, query):
    hits = world.hits
    if query.traffic == "bot":
        return None
    if not query.filters:
        return (world.clicks(query) & hits.first_ws).bit_count()
    people = members(world.clicks(query.of_traffic("human")))
    who, times = hits.columns["visitor"], hits.times
    return len({(times[row] // DAY, who[row]) for row in people if who[row]})


def numbers(world, query):
    clicks = world.clicks(query)
    return {
        "clicks": clicks.bit_count(),
        "unique_clicks": uniques(world, query, clicks),
        "visitors": visitors(world, query),
        "bots": world.clicks(query.of_traffic("bot")).bit_count(),
    }


def beside(world, query):
    """Hits that are no headline clicks."""
    hits, rows = world.hits, world.rows(query)
    rest = rows & ~hits.headline & hits.of_class[query.traffic]
    counts = {name: (rest & hits.any_of("outcome", [name])).bit_count() for name in OUTCOMES}
    return {
        "other_hits": (rows & hits.other).bit_count(),
        "outcomes": [{"outcome": name, "clicks": n} for name, n in counts.items() if n],
    }


def points(world, query, starts, rows):
    """[start, clicks, unique clicks, bots] of the buckets that `starts` begin."""
    hits = world.hits
    edges = [max(hits.edge(start), hits.edge(query.begin)) for start in starts]
    edges.append(hits.edge(query.end))
    rows &= hits.headline
    clicks = rows & hits.of_class[query.traffic]
    unique = count_between(clicks & hits.first, edges)
    if query.traffic == "bot":
        unique = [None] * len(starts)
    bots = count_between(rows & hits.of_class["bot"], edges)
    return [list(point) for point in zip(starts, count_between(clicks, edges), unique, bots)]


def timeseries(world, query, interval):
    starts = query.zone.buckets(query.begin, query.end, interval)
    return points(world, query, starts, world.rows(query))


def timeseries_by(world, query, interval, by, limit):
    """[(value or None for the rest, points)], in the order of the breakdown."""
    starts = query.zone.buckets(query.begin, query.end, interval)
    rows, sets = world.rows(query), world.hits.values(by)
    values = [row["value"] for row in breakdown(world, query, by, limit)["rows"]]
    kept = world.hits.any_of(by, [value for value in values if value is not None])
    of = lambda value: rows & (~kept if value is None else sets[value])
    return [(value, points(world, query, starts, of(value))) for value in values]


def kind_of(dimension, value):
    can_be = dimension in ALWAYS_THERE or dimension in {"screen", "dpr"}
    return "unknown" if can_be and value == "Unknown" else "value"


def ranking(dimension):
    """The order of values with equally many clicks."""
    if dimension == "link":
        return lambda value: int(value[4:] or 0)
    return lambda value: value.encode()


def breakdown(world, query, by, limit):
    clicks = world.clicks(query)
    counts = {value: (clicks & rows).bit_count() for value, rows in world.hits.values(by).items()}
    order = ranking(by)
    values = sorted(filter(counts.get, counts), key=lambda value: (-counts[value], order(value)))
    row = lambda value: {
        "value": value,
        "kind": kind_of(by, value),
        "clicks": counts[value],
        "unique_clicks": uniques(world, query, clicks & world.hits.values(by)[value]),
    }
    rows = [row(value) for value in values]
    out = {"rows": rows[:limit], "total": {"clicks": clicks.bit_count()}}
    out["total"]["unique_clicks"] = uniques(world, query, clicks)
    if rows[limit:]:
        cut = lambda name: sum(row[name] for row in rows[limit:])
        unique = None if query.traffic == "bot" else cut("unique_clicks")
        rest = {"value": None, "kind": "rest", "clicks": cut("clicks"), "unique_clicks": unique}
        out["rows"].append(rest)
    return out


def coverage(world, query):
    """Of how many clicks a screen is known, and where from."""
    clicks, hits = world.clicks(query), world.hits
    of = lambda source: (clicks & hits.any_of("screen_source", [source])).bit_count()
    by_source = {source: of(source) for source in ("beacon", "user_agent", "client_hint")}
    known = sum(by_source.values())
    share = known / clicks.bit_count() if clicks else None
    return {"known": known, "share": share, "by_source": by_source}


def heatmap(world, query):
    """Clicks, unique clicks and hours of each hour of the week."""
    quarters = query.zone.buckets(query.begin, query.end, "15m")
    no_unique = None if query.traffic == "bot" else 0
    cells = {(day, hour): [0, no_unique, 0] for day in range(1, 8) for hour in range(24)}
    for start, clicks, unique, _ in points(world, query, quarters, world.rows(query)):
        cell = cells[query.zone.week_hour(start // QUARTER)]
        cell[0] += clicks
        if unique:
            cell[1] += unique
        cell[2] += 0.25
    return cells


# Zones of the places that records.py draws: countries of one clock, regions of the others.
PLACES = {("DE", None): "Europe/Berlin", ("FR", None): "Europe/Paris"}
PLACES |= {("NP", None): "Asia/Kathmandu"}
PLACES |= {("US", "Hawaii"): "Pacific/Honolulu", ("BR", "Acre"): "America/Rio_Branco"}
PLACE_ZONES = {name: Zone(name) for name in PLACES.values()}


def visitor_heatmap(world, query):
    """The same where each visitor is; hours are the mean over the places, by their clicks."""
    no_unique = None if query.traffic == "bot" else 0
    cells = {(day, hour): [0, no_unique, 0] for day in range(1, 8) for hour in range(24)}
    weeks = {}
    for (country, region), name in PLACES.items():
        rows = world.rows(query) & world.hits.any_of("country", [country])
        if region:
            rows &= world.hits.any_of("region", [region])
        zone = PLACE_ZONES[name]
        quarters = zone.buckets(query.begin, query.end, "15m")
        found = points(world, query, quarters, rows)
        weeks[country] = [(zone.week_hour(at // QUARTER), *more) for at, *more in found]
    known = sum(point[1] for week in weeks.values() for point in week)
    for week in weeks.values():
        share = sum(point[1] for point in week) / known if known else 0
        for at, clicks, unique, _ in week:
            cells[at][0] += clicks
            if unique:
                cells[at][1] += unique
            cells[at][2] += share / 4
    total = world.clicks(query).bit_count()
    return cells | {"coverage": [known, known / total if total else None]}


def raw_rows(world, query):
    """Hits of any outcome; with traffic=all HEAD and prefetch requests too."""
    rows = world.rows(query)
    return members(rows if query.traffic == "all" else rows & world.hits.of_class[query.traffic])
