# SPDX-License-Identifier: Apache-2.0
"""Does every answer about clicks equal what a look at every single one of them gives?

Some 200,000 hits are stored through the product's own code (store_clicks), then random questions are
asked of the running server and of reference.py: from rows, from closed days, after a restart, after
clicks that came late into closed days, and after a link, a visitor and everything too old were
erased. Answers must be equal to the last digit.

    TALLYMARK_BINARY, TALLYMARK_TEST_TOOLS   as for the other tests
    TALLYMARK_TEST_FULL=1                    three times as many questions
"""
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from questions import Question
from records import BEGIN, DAY, LINKS, make_records, write_tsv
from reference import Reference

BINARY = os.environ["TALLYMARK_BINARY"]
STORE_CLICKS = os.path.join(os.environ["TALLYMARK_TEST_TOOLS"], "store_clicks")
KEY = "tmk_oracletests_0123456789abcdefghijklmnop"
QUESTIONS = 300 if os.environ.get("TALLYMARK_TEST_FULL") == "1" else 60
RECORDS, LATE = 200_000, 4_000
TAGS = ["summer", "print", "Ümlaut", "a b"]


class Server:
    def __init__(self, data):
        self.data = data

    def __enter__(self):
        command = [BINARY, "serve", "--data", self.data]
        command += ["--links", "127.0.0.1:0", "--console", "127.0.0.1:0"]
        environment = {**os.environ, "TALLYMARK_BOOTSTRAP_KEY": KEY}
        for name in [name for name in environment if name.startswith("TALLYMARK_TEST_")]:
            del environment[name]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        self.console = self.process.stdout.readline().split("console=")[1].strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.console + path, method=method)
        request.add_header("Authorization", "Bearer " + KEY)
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def ask(self, path, query):
        return json.loads(self.call("GET", path + "?" + urllib.parse.urlencode(query)))

    def metrics(self):
        lines = [line for line in self.call("GET", "/metrics").splitlines() if not line.startswith("#")]
        return dict(line.rsplit(" ", 1) for line in lines)

    def erase(self, body):
        job = json.loads(self.call("POST", "/api/v1/erase", body))
        for _ in range(1200):
            job = json.loads(self.call("GET", "/api/v1/erase/" + job["id"]))
            if job["state"] in ("done", "failed"):
                assert job["state"] == "done", job
                return job
            time.sleep(0.25)
        raise TimeoutError(f"{job} is not over after five minutes")

    def keep(self, days):
        begun = time.time()
        self.call("PATCH", "/api/v1/settings", {"retention_days": days})
        for _ in range(600):
            if float(self.metrics()["tallymark_retention_enforced_timestamp_seconds"]) > begun:
                return
            time.sleep(0.5)
        raise TimeoutError("what is too old is not deleted after five minutes")

    def until_closed(self):
        for _ in range(600):
            metrics = self.metrics()
            if float(metrics["tallymark_days_closed_total"]) and not float(metrics["tallymark_days_waiting"]):
                return
            time.sleep(0.5)
        raise TimeoutError("days are not closed after five minutes")


def make_links(server):
    """A link's id to its tags; ids are 1 to LINKS."""
    tags = {}
    for i in range(1, LINKS + 1):
        chosen = [tag for k, tag in enumerate(TAGS) if i % (k + 2) == 0]
        body = {"prefix": f"link{i}", "destination": "https://shop.example/", "tags": chosen}
        made = json.loads(server.call("POST", "/api/v1/links", body))
        assert made["id"] == f"lnk_{i}", made
        tags[i] = chosen
    return tags


def store(data, records, epoch):
    path = os.path.join(data, "..", "records.tsv")
    write_tsv(records, path)
    subprocess.run([STORE_CLICKS, data, path, str(epoch)], check=True)


def compare(server, reference, name, first_seed):
    started, wrong = time.time(), []
    for seed in range(first_seed, first_seed + QUESTIONS):
        difference = Question(seed, reference.records, reference.tags).differs(reference, server.ask)
        if difference:
            wrong.append(f"question {seed}: {difference}")
    print(f"{name}: {QUESTIONS - len(wrong)} of {QUESTIONS} answers agree, {time.time() - started:.0f} s", flush=True)
    for line in wrong[:5]:
        print(line)
    return len(wrong)


def in_utc(milliseconds):
    return dt.datetime.fromtimestamp(milliseconds // 1000, dt.timezone.utc).isoformat()


def erase_link(server, records):
    """A busy link's clicks of six weeks; what is left."""
    begin, end = BEGIN + 60 * DAY, BEGIN + 102 * DAY
    gone = lambda one: one["link_id"] == 2 and begin <= one["time"] < end
    job = server.erase({"link": "lnk_2", "from": in_utc(begin), "to": in_utc(end)})
    left = [one for one in records if not gone(one)]
    assert job["clicks"] == len(records) - len(left), job
    return left


def erase_visitor(server, records):
    """Whoever made the newest click of a link that can be told from others, on that day; what is left."""
    query = {"link": "lnk_1", "traffic": "human", "range": "12mo", "limit": 50}
    for click in server.ask("/api/v1/clicks", query)["data"]:
        at = round(dt.datetime.fromisoformat(click["time"].replace("Z", "+00:00")).timestamp() * 1000)
        who = [one for one in records if one["time"] == at and one["link_id"] == 1]
        if len(who) == 1 and who[0]["visitor"]:
            break
    gone = lambda one: one["visitor"] == who[0]["visitor"] and one["time"] // DAY == at // DAY
    job = server.erase({"visitor": {"click_id": click["click_id"]}})
    left = [one for one in records if not gone(one)]
    assert job["clicks"] == len(records) - len(left) > 0, job
    return left


def keep_newest(server, records):
    """A policy under which half of it is too old; what is left."""
    today = int(time.time() * 1000) // DAY
    cutoff = (BEGIN + 115 * DAY) // DAY
    server.keep(today - cutoff)
    return [one for one in records if one["time"] // DAY >= cutoff]


def main():
    with tempfile.TemporaryDirectory(prefix="tallymark-oracle-") as folder:
        data = os.path.join(folder, "data")
        with Server(data) as server:
            tags = make_links(server)
        records = make_records(1, RECORDS)
        store(data, records, 1)
        reference = Reference(records, tags)
        wrong = 0
        with Server(data) as server:
            wrong += compare(server, reference, "while days are being closed", 1000)
            server.until_closed()
            wrong += compare(server, reference, "from closed days", 2000)
        with Server(data) as server:
            wrong += compare(server, reference, "after a restart", 3000)
        late = make_records(2, LATE, around_changes=1)
        store(data, late, 2)
        reference = Reference(records + late, tags)
        with Server(data) as server:
            wrong += compare(server, reference, "after late clicks", 4000)
            server.until_closed()
            wrong += compare(server, reference, "closed once more", 5000)
            left = erase_visitor(server, erase_link(server, records + late))
            reference = Reference(left, tags)
            wrong += compare(server, reference, "after an erase", 6000)
            server.until_closed()
            wrong += compare(server, reference, "closed after an erase", 7000)
            reference = Reference(keep_newest(server, left), tags)
            wrong += compare(server, reference, "after retention", 8000)
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
