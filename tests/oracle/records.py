# SPDX-License-Identifier: Apache-2.0
"""Made-up hits: every field drawn on its own, so that no two dimensions go together by design.

They crowd around the days on which clocks change and into a few links, and some fields hold what
breaks careless code: commas, quotes, tabs, backslashes, nothing at all.
"""
import datetime as dt
import random

BEGIN = int(dt.datetime(2025, 9, 1, tzinfo=dt.timezone.utc).timestamp() * 1000)
DAYS = 230
DAY = 24 * 3600 * 1000
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
    "screen_source": ["none", "user_agent", "client_hint"],
    "country": ["DE", "US", "FR", "BR", "NP", "Unknown", ""],
    "region": ["BE", "CA", "", "Unknown"],
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


def draw_time(random_, around_changes):
    if random_.random() < around_changes:
        day = dt.datetime.fromisoformat(random_.choice(CHANGES) + "T00:00:00+00:00")
        return int(day.timestamp() * 1000) + random_.randrange(-DAY // 2, DAY)
    return BEGIN + random_.randrange(DAYS * DAY)


def pick(random_, weights):
    return random_.choices(list(weights), weights.values())[0]


def make_records(seed, count, around_changes=0.2):
    """`around_changes`: how many of them lie on the days on which clocks change."""
    random_ = random.Random(seed)
    # As wide as the product's hashes; the same people for every seed.
    people = [random.Random(i).getrandbits(64) for i in range(3000)]
    records = []
    for _ in range(count):
        # A few links have most clicks: those have busy days.
        link = min(int(random_.paretovariate(0.7)), LINKS)
        outcome = pick(random_, OUTCOMES)
        record = {
            "time": draw_time(random_, around_changes),
            "link_id": 0 if outcome == "not_found" else link,
            "visitor": 0 if random_.random() < 0.05 else random_.choice(people),
            "outcome": outcome,
            "traffic": pick(random_, TRAFFIC),
            "in_app": random_.randrange(2),
            "imported": 0,
            "screen_w": random_.choice([0, 1080, 390]),
            "screen_h": random_.choice([0, 2340, 844]),
            "dpr": random_.choice([0, 1, 2.625, 3]),
        }
        for name, values in FIELDS.items():
            record[name] = random_.choice(values)
        records.append(record)
    return records


def escape(value):
    text = str(value)
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def write_tsv(records, path):
    """For store_clicks: a line of names, then a line each, by time."""
    names = [name for name in records[0] if name not in ("first", "first_ws")]
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(names) + "\n")
        for record in sorted(records, key=lambda one: one["time"]):
            out.write("\t".join(escape(record[name]) for name in names) + "\n")
