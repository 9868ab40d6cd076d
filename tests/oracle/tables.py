# SPDX-License-Identifier: Apache-2.0
"""The questions of pages: the summary, the funnel, and tables of channels and of columns."""
from bits import members
from counting import beside, breakdown, numbers
from money import change, conversions_by, converted, difference, figures_of, happened, outcome
from money import rate, rates, rates_of

NO_LIMIT = 1_000_000
CHANGES = ["clicks", "unique_clicks", "visitors", "bots"]
CHANGES += ["impressions", "ctr", "cost", "cpc", "conversions"]
NO_RATES = {"ctr": None, "ctr_interval": None, "cpc": None, "cpa": None}
NO_RATES |= {"more_clicks_than_impressions": False}


def all_numbers(world, query):
    came = outcome(world, query)
    return {**numbers(world, query), **came, **rates_of(world, query, came["conversions"])}


def summary(world, query):
    now, earlier = all_numbers(world, query), query.before()
    out = {**now, **beside(world, query), "previous": None, "change": None}
    if earlier:
        before = out["previous"] = all_numbers(world, earlier)
        out["change"] = {name: change(now[name], before[name]) for name in CHANGES}
    return out


def with_conversions(world, query, by, limit):
    """The breakdown with the conversions of each row; those of no row are in the rest."""
    out = breakdown(world, query, by, limit)
    values = [row["value"] for row in out["rows"] if row["kind"] != "rest"]
    counts, others = conversions_by(world, query, by, values)
    if others and len(values) == len(out["rows"]):
        no_unique = None if query.traffic == "bot" else 0
        out["rows"].append({"value": None, "kind": "rest", "clicks": 0, "unique_clicks": no_unique})
    for row in out["rows"]:
        row["conversions"] = others if row["kind"] == "rest" else counts[row["value"]]
    return out


def funnel(world, query):
    """[step, count, rate, its interval]; what is not known is passed over."""
    hits, clicks = world.hits, world.clicks(query)
    landings = members(clicks & hits.any_of("outcome", ["landing"]))
    shown = sum(hits.columns["view_w"][row] > 0 for row in landings)
    steps = [
        ("impression", figures_of(world, query, "impressions")),
        ("click", clicks.bit_count()),
        ("landing_view", shown or None),
        ("store_open", None),
        ("app_open", None),
        ("conversion", converted(world, query).bit_count()),
    ]
    out, before = [], None
    for step, count in steps:
        known = count is not None and before
        share = rate("rate", count, before) if known else {"rate": None, "rate_interval": None}
        out.append({"step": step, "count": count, **share})
        before = before if count is None else count
    return out


def compare(world, query, by, values):
    columns, arms = [], []
    for value in values:
        one = query.with_filter(by, value)
        column = {"value": value, **all_numbers(world, one)}
        before = one.before()
        column["previous_clicks"] = world.clicks(before).bit_count() if before else None
        column["change"] = change(column["clicks"], column["previous_clicks"])
        people = world.clicks(one.of_traffic("human")).bit_count()
        converting = (column["converted_clicks"], people)
        arms.append({"conversion_rate": converting, "ctr": (people, column["impressions"])})
        columns.append(column)
    possible = lambda arm: arm[1] and arm[0] <= arm[1]
    differences = [
        {"rate": name, "value": value, **difference(arm[name], arms[0][name], len(values) - 1)}
        for name in ("conversion_rate", "ctr")
        for value, arm in list(zip(values, arms))[1:]
        if by != "tag" and possible(arm[name]) and possible(arms[0][name])
    ]
    return {"columns": columns, "differences": differences}


def figures_by_channel(world, query, kind):
    """By the channel of their link, where there are any."""
    names = {link["channel"] for link in world.links.values()}
    of = lambda name: figures_of(
        world, query, kind, lambda link: world.links[link]["channel"] == name
    )
    sums = {name: of(name) for name in names}
    return {name: number for name, number in sums.items() if number is not None}


def channels(world, query):
    """Clicks and what came of them by their own channel, figures by that of their link."""
    known = breakdown(world, query, "channel", NO_LIMIT)
    people = breakdown(world, query.of_traffic("human"), "channel", NO_LIMIT)["rows"]
    people = {row["value"]: row["clicks"] for row in people}
    rows = {row["value"]: row for row in known["rows"]}
    shown, spent = (figures_by_channel(world, query, kind) for kind in ("impressions", "costs"))
    came = conversions_by(world, query, "channel", set(world.hits.values("channel")))[0]
    total, no_unique = known["total"]["clicks"], None if query.traffic == "bot" else 0
    more = {name for name, number in came.items() if number} | set(shown) | set(spent)
    for name in sorted(more - set(rows)):
        rows[name] = {"kind": "value", "clicks": 0, "unique_clicks": no_unique}

    def whole(name, row):
        conversions = came.get(name, 0)
        money = rates(shown.get(name), spent.get(name), people.get(name, 0), conversions)
        return {
            "channel": name,
            **{field: row[field] for field in ("kind", "clicks", "unique_clicks")},
            "share": row["clicks"] / total if total else None,
            "conversions": conversions,
            **money,
            # Links without a channel have figures, and no clicks to lay beside them.
            **({} if name else NO_RATES),
        }

    conversions = len(happened(world, query))
    return {
        "rows": [whole(name, row) for name, row in rows.items()],
        "total": {**known["total"], "conversions": conversions},
    }
