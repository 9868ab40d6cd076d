# SPDX-License-Identifier: Apache-2.0
"""What the sender's own records say to each kind of question, and what the server answers.

Whole numbers and texts have to be equal; fractions to twelve digits, since they may be computed by
another formula. Of a longer answer the fields are compared that the reference has.
"""
import csv
import datetime as dt
import io
import json
from math import isclose

import counting
import markets
import rhythm
import tables
from records import OWN
from zones import moment

NO_LIMIT = 1_000_000


def expected(question):
    world, query, kind = question.world, question.query, question.kind
    if kind == "summary":
        return tables.summary(world, query)
    if kind == "timeseries" or kind == "export_series":
        return counting.timeseries(world, query, question.interval)
    if kind == "series_by":
        return counting.timeseries_by(world, query, question.interval, question.by, question.limit)
    if kind == "breakdown":
        return one_breakdown(world, query, question.by, question.limit)
    if kind == "breakdowns":
        return [one_breakdown(world, query, by, question.limit) for by in question.by]
    if kind == "export_by":
        return counting.breakdown(world, query, question.by, NO_LIMIT)["rows"]
    if kind == "heatmap":
        of = {"viewer": counting.heatmap, "visitor": counting.visitor_heatmap}
        return of[question.clock](world, query)
    if kind == "compare":
        return tables.compare(world, query, question.by, question.values)
    if kind == "channels":
        return tables.channels(world, query)
    if kind == "funnel":
        return tables.funnel(world, query)
    if kind == "geo":
        return markets.geo(world, query, question.by, question.limit)
    if kind == "velocity":
        return rhythm.velocity(world, query, question.interval)
    if kind == "best_time":
        return rhythm.best_time(world, query)
    return single_hits(world, query)


def one_breakdown(world, query, by, limit):
    out = tables.with_conversions(world, query, by, limit)
    out["coverage"] = counting.coverage(world, query) if by == "screen" else None
    total = out["total"]["clicks"]
    for row in out["rows"]:
        row["share"] = min(1, row["clicks"] / total) if total else 0
        row["label"] = f"/link{row['value'][4:]}" if by == "link" and row["value"] else None
    return out


def single_hits(world, query):
    """By click id: every field that was sent, as the API writes it."""
    of = world.hits.columns
    names = [name for name in of if name not in (*OWN, "visitor", "view_w", "view_h", "view_dpr")]
    out = {}
    for row in counting.raw_rows(world, query):
        hit = {name: of[name][row] for name in (*names, "first", "first_ws")}
        if of["view_w"][row]:
            view = [of[name][row] for name in ("view_w", "view_h", "view_dpr")]
            hit |= dict(zip(("screen_source", "screen_w", "screen_h", "dpr"), ["beacon", *view]))
        out[of["click_id"][row]] = {name: written(name, value) for name, value in hit.items()}
    return out


def written(name, value):
    """A stored value as text; null and nothing are the same."""
    if name == "link_id" and isinstance(value, int):
        return f"lnk_{value}" if value else ""
    if name == "dpr":
        return f"{float(value):g}" if value else ""
    if name in ("first", "first_ws", "in_app", "imported"):
        return "true" if value in (1, True, "true") else "false"
    return str(value) if value else ""


def answered(question, server):
    if question.kind == "clicks":
        return read_hits(all_pages(question, server))
    text = server.get(question.path(), question.parameters())
    if not question.kind.startswith("export"):
        return READERS[question.kind](json.loads(text))
    rows = read_table(text, question.format)
    if question.kind == "export":
        return read_hits(rows)
    number = lambda text: int(text) if text not in ("", None) else None
    counts = lambda row: [number(row["clicks"]), number(row["unique_clicks"])]
    if question.kind == "export_series":
        return [[moment(row["t"]), *counts(row), number(row["bots"])] for row in rows]
    names = ("value", "kind", "clicks", "unique_clicks")
    return [dict(zip(names, [row["value"], row["kind"], *counts(row)])) for row in rows]


def read_table(text, format_):
    if format_ == "ndjson":
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def all_pages(question, server):
    """Newest first, each hit once, whatever the page."""
    hits, cursor = [], None
    while True:
        place = {"limit": "500", **({"cursor": cursor} if cursor else {})}
        page = json.loads(server.get(question.path(), {**question.parameters(), **place}))
        hits += page["data"]
        cursor = page["next_cursor"]
        if not cursor:
            break
    times = [hit["time"] for hit in hits]
    assert times == sorted(times, reverse=True), "not newest first"
    return hits


def read_hits(rows):
    out = {}
    for row in rows:
        row = dict(row)
        click = row.pop("click_id")
        assert click not in out, f"{click} comes twice"
        for name in ("workspace_id", "ip"):
            row.pop(name)
        row["time"] = moment(row["time"])
        out[click] = {name: written(name, value) for name, value in row.items()}
    return out


def read_point(point):
    return [moment(point["t"]), point["clicks"], point["unique_clicks"], point["bots"]]


def read_lines(answer):
    lines = {}
    for point in answer["points"]:
        lines.setdefault(point["value"], []).append(read_point(point))
    return list(lines.items())


def read_week(answer):
    week = {
        (cell["weekday"], cell["hour"]): [cell["clicks"], cell["unique_clicks"], cell["hours"]]
        for cell in answer["cells"]
    }
    if "coverage" in answer:
        week["coverage"] = [answer["coverage"]["known"], answer["coverage"]["share"]]
    return week


READERS = {
    "summary": lambda answer: answer,
    "breakdown": lambda answer: answer,
    "compare": lambda answer: answer,
    "channels": lambda answer: answer,
    "geo": lambda answer: answer,
    "timeseries": lambda answer: list(map(read_point, answer["points"])),
    "series_by": read_lines,
    "breakdowns": lambda answer: answer["breakdowns"],
    "heatmap": read_week,
    "funnel": lambda answer: answer["steps"],
    "velocity": lambda answer: answer,
    "best_time": lambda answer: answer,
}


def differs(question, answer):
    """Where an answer is not what the records say, or nothing."""
    want = expected(question)
    if question.kind == "velocity":
        return differs_velocity(want, answer)
    if question.kind == "best_time":
        return differs_best_time(want, answer)
    if question.kind in ("clicks", "export") and want.keys() != answer.keys():
        return f"{len(want)} hits expected, {len(answer)} answered"
    return apart(want, answer)


def differs_velocity(want, answer):
    found = [(moment(point["t"]), point["clicks"]) for point in answer["points"]]
    wrong = apart([list(p) for p in want["points"]], [list(p) for p in found])
    wrong = wrong or apart(want["clicks_per_hour"], answer["clicks_per_hour"])
    for point in answer["points"]:
        unlikely = point["clicks"] >= 20 and point["p"] is not None and point["p"] < 1e-4
        if unlikely != point["state"].startswith("spike"):
            wrong = wrong or f"{point} is no such thing"
    for drop in answer["drops"]:
        clicks = want["platforms"][drop["platform"]][moment(drop["t"])]
        wrong = wrong or apart(clicks, drop["clicks"], drop)
    return wrong


def differs_best_time(want, answer):
    cells = want.pop("cells")
    why_none = want.pop("why_none")
    wrong = apart(want, answer) or apart(None if answer["hours"] else why_none, answer["reason"])
    for hour in answer["hours"]:
        evidence = [hour["clicks"], hour["weeks"], hour["busiest_week"]]
        wrong = wrong or apart(list(cells[hour["weekday"], hour["hour"]]), evidence, hour)
        if hour["weeks"] < rhythm.LEAST_WEEKS:
            wrong = wrong or f"{hour} is told of too early"
    return wrong


def apart(want, found, place=""):
    """The first place where two answers differ."""
    if isinstance(want, dict) and isinstance(found, dict):
        for name in want:
            if name not in found:
                return f"{place}.{name} is missing"
            wrong = apart(want[name], found[name], f"{place}.{name}")
            if wrong:
                return wrong
        return None
    if isinstance(want, (list, tuple)) and isinstance(found, (list, tuple)):
        if len(want) != len(found):
            return f"{place}: {len(want)} expected, {len(found)} answered"
        pairs = enumerate(zip(want, found))
        return next(filter(None, (apart(a, b, f"{place}[{i}]") for i, (a, b) in pairs)), None)
    fractions = {type(want), type(found)} in ({float}, {int, float})
    if fractions:
        same = isclose(want, found, rel_tol=1e-12, abs_tol=1e-12)
    else:
        same = want == found
    return None if same else f"{place}: {want!r} expected, {found!r} answered"
