# SPDX-License-Identifier: Apache-2.0
"""Does every answer of the stats API equal what a look at every single click gives?

Some 200,000 hits are stored through the product's own code (store_clicks), and what came of them
and what they cost is told over HTTP. Then random questions are asked of the running server and of
the sender's own records (counting.py, money.py, tables.py, rhythm.py): from rows, from closed days,
after a restart, after clicks that came late into closed days and after their conversions, which had
come before, and after a link, a visitor and everything too old were erased.

    TALLYMARK_BINARY, TALLYMARK_TEST_TOOLS   as for the other tests
    TALLYMARK_TEST_FULL=1                    eight times as many questions
"""
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import answers
import shop
from hits import Hits
from questions import Question
from records import BEGIN, DAY, joined, kept, make_hits
from server import Refused, Server, click_ids, store
from world import World
from zones import iso

QUESTIONS = 400 if os.environ.get("TALLYMARK_TEST_FULL") == "1" else 50
HITS, LATE = 200_000, 4_000
CONVERSIONS, LATE_CONVERSIONS = 2_000, 100


class Oracle:
    """The sender, and how many answers were wrong so far."""

    def __init__(self):
        self.links, self.figures = shop.make_links(), shop.make_figures(1)
        self.hits, self.conversions = None, []
        self.started, self.wrong = time.time(), 0

    def set_up(self, server):
        settings = {"time_zone": shop.REPORTING, "currency": shop.CURRENCY}
        server.call("PATCH", "/api/v1/settings", settings)
        for i, link in self.links.items():
            made = server.post("/api/v1/links", shop.link_body(i, link))
            assert made["id"] == f"lnk_{i}", made
        for kind, entries in self.figures.items():
            server.call("POST", "/api/v1/" + kind, shop.figures_csv(kind, entries), "text/csv")

    def tell(self, server, conversions):
        bodies = [shop.conversion_body(one, iso) for one in conversions]
        with ThreadPoolExecutor(4) as pool:
            for told in pool.map(lambda body: server.post("/api/v1/conversions", body), bodies):
                assert told["status"] in ("pending", "joined"), told
        self.conversions += conversions

    def compare(self, server, name, first_seed):
        """Asks while what was asked before is worked out."""
        tags = {link: of["tags"] for link, of in self.links.items()}
        world = World(Hits(self.hits, tags), self.links, self.figures, self.conversions)
        questions = [Question(seed, world) for seed in range(first_seed, first_seed + QUESTIONS)]
        wrong = []
        with ThreadPoolExecutor(2) as pool:
            asked = [pool.submit(answers.answered, question, server) for question in questions]
            for question, answer in zip(questions, asked):
                try:
                    difference = answers.differs(question, answer.result())
                except Refused as refused:
                    difference = refused
                if difference:
                    wrong.append((question, difference))
        at, agree = time.time() - self.started, QUESTIONS - len(wrong)
        print(f"{at:4.0f} s: {name}: {agree} of {QUESTIONS} answers agree", flush=True)
        for question, difference in wrong[:5]:
            print(f"question {question.seed}: {question.path()} {question.parameters()}")
            print(f"  {difference}")
        self.wrong += len(wrong)

    def erase(self, server):
        """A busy link's clicks of eight days, and all that a visitor did on one."""
        of = self.hits
        hits = list(zip(of["time"], of["link_id"], of["visitor"], of["traffic"]))
        begin, end = BEGIN + 34 * DAY, BEGIN + 42 * DAY
        of_link = [link == 2 and begin <= time < end for time, link, _, _ in hits]
        is_known = lambda hit: hit[1] == 1 and hit[2] and hit[3] == "human"
        row = max(row for row, hit in enumerate(hits) if is_known(hit))
        last, who, day = of["click_id"][row], of["visitor"][row], of["time"][row] // DAY
        of_visitor = [visitor == who and time // DAY == day for time, _, visitor, _ in hits]
        orders = [
            ({"link": "lnk_2", "from": iso(begin), "to": iso(end)}, of_link),
            ({"visitor": {"click_id": last}}, of_visitor),
        ]
        for await_end, gone in [(server.start_erase(body), gone) for body, gone in orders]:
            self.check_job(await_end(), gone)
        self.keep([not (a or b) for a, b in zip(of_link, of_visitor)])

    def check_job(self, job, gone):
        """Whether it found what has to go, in all three tables."""
        clicks = {click for click, flag in zip(self.hits["click_id"], gone) if flag}
        assert job["clicks"] == len(clicks) > 0, job
        assert job["conversions"] == sum(one["click_id"] in clicks for one in self.conversions), job
        views = (flag and view > 0 for view, flag in zip(self.hits["view_w"], gone))
        assert job["landing_views"] == sum(views), job

    def keep(self, flags):
        self.hits = kept(self.hits, flags)
        clicks = set(self.hits["click_id"])
        self.conversions = [one for one in self.conversions if one["click_id"] in clicks]

    def keep_newest(self, server):
        """A policy under which a third of it is too old."""
        today = int(time.time() * 1000) // DAY
        cutoff = server.keep(today - (BEGIN + 50 * DAY) // DAY)
        self.keep([when // DAY >= cutoff for when in self.hits["time"]])


def main():
    oracle = Oracle()
    with tempfile.TemporaryDirectory(prefix="tallymark-oracle-") as folder:
        data = os.path.join(folder, "data")
        with Server(data) as server:
            oracle.set_up(server)
        oracle.hits = make_hits(1, HITS, click_ids(data, 1, HITS))
        store(data, oracle.hits, 1)
        late = make_hits(2, LATE, click_ids(data, 2, LATE), ["2025-10-26", "2026-03-29"], 1)
        with Server(data) as server:
            oracle.tell(server, shop.make_conversions(1, oracle.hits, CONVERSIONS))
            server.until_joined(0)
            oracle.compare(server, "while days are being closed", 1000)
            server.until_closed()
            oracle.compare(server, "from closed days", 2000)
        with Server(data) as server:
            oracle.compare(server, "after a restart", 3000)
            early = shop.make_conversions(2, late, LATE_CONVERSIONS)
            oracle.tell(server, early)
            server.until_joined(len(early))
        oracle.hits = joined(oracle.hits, late)
        store(data, late, 2)
        with Server(data) as server:
            server.until_joined(0)
            oracle.compare(server, "after late clicks", 4000)
            server.until_closed()
            oracle.compare(server, "closed once more", 5000)
            oracle.erase(server)
            oracle.compare(server, "after an erase", 6000)
        with Server(data) as server:
            server.until_closed()
            oracle.compare(server, "closed after an erase", 7000)
            oracle.keep_newest(server)
            oracle.compare(server, "after retention", 8000)
    return 1 if oracle.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
