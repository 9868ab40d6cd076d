# SPDX-License-Identifier: Apache-2.0
"""Made-up hits: every field drawn on its own, so that no two dimensions go together by design.

They crowd around the days on which clocks change, into a few links and into one evening of the
week; all winter there are none. Some fields hold what breaks careless code: commas, quotes, tabs, backslashes, nothing at
all. Hits are columns: a name to a list with the value of each hit, by time.
"""
import datetime as dt
import random
from functools import cache

BEGIN = int(dt.datetime(2025, 9, 1, tzinfo=dt.timezone.utc).timestamp() * 1000)
DAYS = 230
DAY = 24 * 3600 * 1000
HOUR = DAY // 24
OPEN = [*range(70), *range(180, DAYS)]
TUESDAYS = [day for day in OPEN if day % 7 == 1]
# Clocks change in Berlin, New York, Lord Howe, Chatham and Santiago on or about these.
CHANGES = ["2025-09-07", "2025-09-28", "2025-10-05", "2025-10-26", "2025-11-02", "2026-03-08"]
CHANGES += ["2026-03-29", "2026-04-05"]
LINKS = 40

OUTCOMES = {"redirected": 80, "landing": 8, "expired": 2, "limit_reached": 1, "disabled": 1}
OUTCOMES |= {"scheduled": 1, "password": 2, "preview_page": 2, "not_found": 2, "prefetch": 1}
TRAFFIC = {"human": 75, "preview": 5, "crawler": 8, "ai": 3, "monitor": 2, "library": 2}
TRAFFIC |= {"scanner_suspect": 2, "prefetch": 1, "head": 2}
FIELDS = {
    "domain": ["", "go.example", "x.example"],
    "prefix": ["promo", "sale", "a-b_c"],
    "token": ["", "summer", "it's", "a,b", "say \"%&+#", "back\\slash", "ünï"],
    "trigger": ["link", "qr", "open"],
    "platform": ["ios", "android", "desktop", "other"],
    "device": ["mobile", "tablet", "desktop", "tv", "console", "wearable", "other"],
    "country": ["DE", "US", "FR", "BR", "NP", "Unknown", ""],
    "region": ["BE", "Hawaii", "Acre", "", "Unknown"],
    "city": ["Berlin", "München", "São Paulo", "", "Unknown", "Saint-Denis, Réunion"],
    "language": ["de", "en", "pt", ""],
    "os": ["iOS", "Android", "Windows", ""],
    "os_version": ["", "18.2", "15", "11"],
    "browser": ["Safari", "Chrome", "Instagram", ""],
    "browser_version": ["", "120", "400.1"],
    "referrer_host": ["", "t.co", "l.instagram.com", "news.example"],
    "referrer_path": ["", "/", "/a/b"],
    "channel": ["direct", "social", "email", "qr", "search"],
    "source": ["", "newsletter", "instagram", "Unknown"],
    "medium": ["", "email", "cpc"],
    "campaign": ["", "spring", "spring,2", "!not"],
    "content": ["", "blue"],
    "term": ["", "shoes"],
    "src": ["", "mail"],
    "variant": ["", "v1", "v2"],
    "reason": ["", "empty", "burst"],
    "ad_click": ["", "gclid", "fbclid"],
}
# Source, width, height and pixel ratio of a screen; what a landing page's beacon says is another.
SCREENS = [("none", 0, 0, 0), ("none", 0, 0, 0), ("user_agent", 1080, 2340, 0)]
SCREENS += [("user_agent", 390, 844, 3), ("client_hint", 1080, 2340, 2.625)]
VIEWS = [(0, 0, 0), (390, 844, 3), (820, 1180, 2), (1440, 900, 1.25)]
# What the sender knows of a hit and the product is not told.
OWN = ("click_id", "first", "first_ws")


def draw_time(random_, changes, share):
    if random_.random() < share:
        day = dt.datetime.fromisoformat(random_.choice(changes) + "T00:00:00+00:00")
        return int(day.timestamp() * 1000) + random_.randrange(-DAY // 2, DAY)
    if random_.random() < 0.05:
        return BEGIN + random_.choice(TUESDAYS) * DAY + random_.randrange(18 * HOUR, 19 * HOUR)
    return BEGIN + random_.choice(OPEN) * DAY + random_.randrange(DAY)


def make_hits(seed, count, click_ids, changes=CHANGES, share=0.2):
    """`share`: how many of them lie around `changes`, days on which clocks change."""
    random_ = random.Random(seed)
    draw = lambda values: random_.choices(values, k=count)
    weighed = lambda weights: random_.choices(list(weights), weights.values(), k=count)
    # As wide as the product's hashes; the same people for every seed.
    people = [random.Random(i).getrandbits(64) for i in range(3000)]
    hits = {
        "click_id": click_ids,
        "time": sorted(draw_time(random_, changes, share) for _ in range(count)),
        "outcome": weighed(OUTCOMES),
        "traffic": weighed(TRAFFIC),
        "in_app": draw([0, 1]),
        "imported": [0] * count,
        "user_agent": [f"agent {seed}.{n}" for n in range(count)],
    }
    # A few links have most hits: those have busy days.
    links = [min(int(random_.paretovariate(0.7)), LINKS) for _ in range(count)]
    lost = [outcome == "not_found" for outcome in hits["outcome"]]
    hits["link_id"] = [0 if gone else link for link, gone in zip(links, lost)]
    known = [random_.random() >= 0.05 for _ in range(count)]
    hits["visitor"] = [who if is_known else 0 for who, is_known in zip(draw(people), known)]
    screens = ("screen_source", "screen_w", "screen_h", "dpr")
    hits |= dict(zip(screens, map(list, zip(*draw(SCREENS)))))
    views = zip(draw(VIEWS), hits["outcome"])
    shown = [view if outcome == "landing" else VIEWS[0] for view, outcome in views]
    hits |= dict(zip(("view_w", "view_h", "view_dpr"), map(list, zip(*shown))))
    return hits | {name: draw(values) for name, values in FIELDS.items()}


def joined(some, more):
    """The hits of both, by time."""
    both = {name: some[name] + more[name] for name in more}
    order = sorted(range(len(both["time"])), key=both["time"].__getitem__)
    return {name: [column[row] for row in order] for name, column in both.items()}


def kept(hits, keep):
    """The hits whose flag is set."""
    rows = [row for row, flag in enumerate(keep) if flag]
    return {name: [column[row] for row in rows] for name, column in hits.items()}


@cache
def escape(value):
    text = str(value)
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def write_tsv(hits, path):
    """For store_clicks: a line of names, then a line each."""
    columns = {name: map(escape, column) for name, column in hits.items() if name not in OWN}
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(columns) + "\n")
        for fields in zip(*columns.values()):
            out.write("\t".join(fields) + "\n")
