# SPDX-License-Identifier: Apache-2.0
"""The product under test: a server on a data folder, and hits stored beside it while it is down."""
import json
import os
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from records import write_tsv

BINARY = os.environ["TALLYMARK_BINARY"]
STORE_CLICKS = os.path.join(os.environ["TALLYMARK_TEST_TOOLS"], "store_clicks")
KEY = "tmk_oracletests_0123456789abcdefghijklmnop"
PATIENCE = 300  # seconds


class Refused(Exception):
    """An answer other than what was asked for."""


def wait_until(is_done, what):
    for _ in range(PATIENCE * 10):
        if is_done():
            return
        time.sleep(0.1)
    raise TimeoutError(f"{what} after {PATIENCE} seconds")


class Server:
    def __init__(self, data):
        self.data = data

    def __enter__(self):
        log = os.path.join(os.environ.get("TALLYMARK_TEST_LOGS", self.data), "oracle.log")
        command = [BINARY, "serve", "--data", self.data]
        command += ["--links", "127.0.0.1:0", "--console", "127.0.0.1:0"]
        environment = {**os.environ, "TALLYMARK_BOOTSTRAP_KEY": KEY}
        for name in [name for name in environment if name.startswith("TALLYMARK_TEST_")]:
            del environment[name]
        os.makedirs(os.path.dirname(log), exist_ok=True)
        with open(log, "a", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=said, env=environment, text=True
            )
        self.console = self.process.stdout.readline().split("console=")[1].strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()

    def call(self, method, path, body=None, type_="application/json"):
        request = urllib.request.Request(self.console + path, method=method)
        request.add_header("Authorization", "Bearer " + KEY)
        if body is not None:
            request.add_header("Content-Type", type_)
            request.data = (body if isinstance(body, str) else json.dumps(body)).encode()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def get(self, path, parameters):
        return self.call("GET", path + "?" + urllib.parse.urlencode(parameters))

    def post(self, path, body):
        return json.loads(self.call("POST", path, body))

    def metric(self, name):
        lines = self.call("GET", "/metrics").splitlines()
        return float(next(line for line in lines if line.startswith(name + " ")).rsplit(" ", 1)[1])

    def start_erase(self, body):
        """Gives back what waits for its end."""
        path = "/api/v1/erase/" + self.post("/api/v1/erase", body)["id"]
        job = lambda: json.loads(self.call("GET", path))

        def await_end():
            wait_until(lambda: job()["state"] in ("done", "failed"), f"{path} is not over")
            assert job()["state"] == "done", job()
            return job()

        return await_end

    def keep(self, days):
        """The UTC day (since 1970) up to which a policy of so many days had everything deleted."""
        begun = time.time()
        self.call("PATCH", "/api/v1/settings", {"retention_days": days})
        enforced = lambda: self.metric("tallymark_retention_enforced_timestamp_seconds")
        wait_until(lambda: enforced() > begun, "what is too old is not deleted")
        return int(enforced() // 86400) - days

    def until_closed(self):
        looked = lambda: self.metric("tallymark_days_looked_timestamp_seconds")
        waiting = lambda: self.metric("tallymark_days_waiting")
        wait_until(lambda: looked() and not waiting(), "days are not closed")

    def until_joined(self, waiting):
        """Until all conversions but so many have found their click."""
        counts = lambda: json.loads(self.call("GET", "/api/v1/conversions?limit=1"))["counts"]
        wait_until(lambda: counts()["pending"] == waiting, "conversions are not joined")
        assert counts()["unmatched"] == 0, counts()


def click_ids(data, epoch, count):
    """The click ids of the first hits of an epoch to come."""
    command = [STORE_CLICKS, "ids", data, str(epoch), str(count)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def store(data, hits, epoch):
    path = os.path.join(data, "..", "hits.tsv")
    write_tsv(hits, path)
    subprocess.run([STORE_CLICKS, data, path, str(epoch)], check=True)
