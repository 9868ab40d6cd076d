# SPDX-License-Identifier: Apache-2.0
"""What a shop tells beside its clicks: links, how often shown, at what cost, what came of them."""
import datetime as dt
import random

from records import BEGIN, DAY, DAYS, LINKS

TAGS = ["summer", "print", "Ümlaut", "a b"]
CAMPAIGNS = ["", "spring", "spring,2", "", "autumn"]
CHANNELS = ["", "email", "social"]
# The links that have figures; one of them is hardly ever clicked.
SHOWN = [1, 2, 3, 4, 5, 6, 9, 12, 37]
# The zone that the shop reports in: on one of its days it is never midnight.
REPORTING = "America/Santiago"
CURRENCY = "EUR"
MILLION = 1_000_000


def make_links():
    """An id to the link's tags, campaign and channel."""
    return {
        i: {
            "tags": [tag for k, tag in enumerate(TAGS) if i % (k + 2) == 0],
            "campaign": CAMPAIGNS[i % len(CAMPAIGNS)],
            "channel": CHANNELS[i % len(CHANNELS)],
        }
        for i in range(1, LINKS + 1)
    }


def link_body(i, link):
    """How a link is made over HTTP; the campaign of every other one is its UTM tag."""
    campaign = {"campaign": link["campaign"]} if i % 2 else {"utm": {"campaign": link["campaign"]}}
    return {
        "prefix": f"link{i}",
        "destination": "https://shop.example/",
        "tags": link["tags"],
        **(campaign if link["campaign"] else {}),
        **({"channel": link["channel"]} if link["channel"] else {}),
    }


def make_figures(seed):
    """Impressions, and costs in millionths, by link and day; of some days there are none."""
    random_ = random.Random(seed)
    first = dt.date(2025, 9, 1)
    days = [first + dt.timedelta(days=n) for n in range(-2, DAYS + 2)]
    draw = {
        "impressions": lambda: random_.choice([0, 20, 400, 3000]) + random_.randrange(20),
        "costs": lambda: random_.choice([0, 1, 20]) * MILLION + random_.randrange(MILLION),
    }
    return {
        kind: {(link, day): one() for link in SHOWN for day in days if random_.random() < 0.7}
        for kind, one in draw.items()
    }


def figures_csv(kind, entries):
    if kind == "impressions":
        rows = [f"lnk_{link},{day},{number}" for (link, day), number in entries.items()]
        return "\n".join(["link,day,impressions", *rows, ""])
    spell = lambda micros: f"{micros // MILLION}.{micros % MILLION:06}"
    rows = [f"lnk_{link},{day},{spell(micros)}" for (link, day), micros in entries.items()]
    return "\n".join(["link,day,amount", *rows, ""])


def make_conversions(seed, hits, count):
    """Each of a hit on a link, up to three weeks after it; some hits have several."""
    random_ = random.Random(seed)
    came = [row for row, link in enumerate(hits["link_id"]) if link]
    came = [row for row in came if hits["traffic"][row] not in ("head", "prefetch")]
    out = []
    for row in random_.choices(random_.sample(came, count * 4 // 5), k=count):
        whole, fraction = random_.randrange(200) * MILLION, random_.randrange(50 * MILLION)
        time = hits["time"][row] + random_.randrange(random_.choice([DAY // 24, DAY, 21 * DAY]))
        value = random_.choice([None, whole, fraction])
        out.append({"click_id": hits["click_id"][row], "time": time, "value": value})
    return out


def conversion_body(conversion, iso):
    body = {"click_id": conversion["click_id"], "time": iso(conversion["time"])}
    if conversion["value"] is not None:
        body["value"] = conversion["value"] / MILLION
    return body
