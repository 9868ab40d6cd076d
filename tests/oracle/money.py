# SPDX-License-Identifier: Apache-2.0
"""What came of clicks, and what they cost: conversions, impressions and costs beside them."""
from math import erfc, sqrt
from statistics import NormalDist

from bits import members
from shop import MILLION, REPORTING
from zones import Zone

ZONE = Zone(REPORTING)


def width(confidence):
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(successes, trials, confidence=0.95):
    """The interval of a share; none without trials and for more successes than trials."""
    if not trials or successes > trials:
        return None
    z, share = width(confidence), successes / trials
    middle, below = share + z * z / (2 * trials), 1 + z * z / trials
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return {"low": max(0.0, (middle - spread) / below), "high": min(1.0, (middle + spread) / below)}


def rate(name, successes, trials):
    value = successes / trials if trials else None
    return {name: value, name + "_interval": wilson(successes, trials)}


def difference(arm, first, comparisons):
    """Rates of (successes, trials) against the first one's: difference, interval, p."""
    (k, n), (k1, n1) = arm, first
    out = {"difference": k / n - k1 / n1, "interval": None, "p": None}
    if min(n, n1) < 100:
        return out
    both = (k + k1) / (n + n1)
    pooled = both * (1 - both) * (1 / n + 1 / n1)
    z = out["difference"] / sqrt(pooled) if pooled else 0
    out["p"] = min(1, erfc(abs(z) / sqrt(2)) * comparisons)
    apart = sqrt(k * (n - k) / n**3 + k1 * (n1 - k1) / n1**3) * width(1 - 0.05 / comparisons)
    if apart:
        low, high = out["difference"] - apart, out["difference"] + apart
        out["interval"] = {"low": max(-1, low), "high": min(1, high)}
    return out


def change(now, before):
    return (now - before) / before if now is not None and before else None


def happened(world, query):
    """(row of the click, value) of conversions in the range, whenever their click was."""
    hits = world.hits
    rows = hits.meeting(query.filters) & hits.of_class[query.traffic] & world.converted
    of = ((row, *one) for row in members(rows) for one in world.conversions[row])
    return [(row, value) for row, time, value in of if query.begin <= time < query.end]


def conversions_by(world, query, by, values):
    """How many conversions each value has, and how many have none of them."""
    here = [row for row, _ in happened(world, query)]
    sets = world.hits.values(by)

    def of(value):
        flags = f"{sets.get(value, 0):b}"[::-1]
        return sum(flags[row : row + 1] == "1" for row in here)

    counts = {value: of(value) for value in values}
    if by == "tag":  # every tag of a click counts, so the rest is of all tags beside these
        return counts, sum(of(value) for value in set(sets) - set(values))
    return counts, len(here) - sum(counts.values())


def converted(world, query, clicks=None):
    """Human clicks in the range with at least one conversion."""
    return world.clicks(query.of_traffic("human")) & world.converted


def outcome(world, query):
    """What came of the clicks."""
    values = [value for _, value in happened(world, query)]
    people = world.clicks(query.of_traffic("human")).bit_count()
    converting = converted(world, query).bit_count()
    return {
        "conversions": len(values),
        "conversion_value": sum(value or 0 for value in values) / MILLION,
        "converted_clicks": converting,
        **rate("conversion_rate", converting, people),
    }


def figures_of(world, query, kind, wanted=lambda link: True):
    """The sum of what was entered for the question's links and days, in a list of periods: None
    where nothing was, and where the question is not one for figures."""
    of_link = {"link", "tag", "campaign", "channel"}
    begin, end = ZONE.day_of(query.begin), ZONE.day_of(query.end)
    if any(by not in of_link for by, _, _ in query.filters):
        return None
    if not query.is_all and not (begin and end):
        return None
    entered = [
        number
        for (link, day), number in world.figures[kind].items()
        if (query.is_all or begin <= day < end) and wanted(link) and chosen(world, query, link)
    ]
    return sum(entered) if entered else None


def chosen(world, query, link):
    """Whether the filters let a link's figures through."""
    labels = world.links[link]
    of = {"link": [f"lnk_{link}"], "tag": labels["tags"] or [""]}
    of |= {name: [labels[name]] for name in ("campaign", "channel")}
    meets = lambda by, values: any(value in values for value in of[by])
    return all(meets(by, values) != none_of for by, none_of, values in query.filters)


def rates(impressions, cost, clicks, conversions):
    """CTR and costs. `clicks` are human; `cost` is in millionths."""
    ctr = rate("ctr", clicks, impressions) if impressions else {"ctr": None, "ctr_interval": None}
    per_cent = lambda share: None if share is None else share * 100
    interval = ctr["ctr_interval"]
    return {
        "impressions": impressions,
        "ctr": per_cent(ctr["ctr"]),
        "ctr_interval": interval and {end: per_cent(share) for end, share in interval.items()},
        "more_clicks_than_impressions": impressions is not None and clicks > impressions,
        "cost": None if cost is None else cost / MILLION,
        "cpc": None if cost is None or not clicks else cost / MILLION / clicks,
        "cpa": None if cost is None or not conversions else cost / MILLION / conversions,
    }


def rates_of(world, query, conversions):
    people = world.clicks(query.of_traffic("human")).bit_count()
    figures = (figures_of(world, query, kind) for kind in ("impressions", "costs"))
    return rates(*figures, people, conversions)
