#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The repository's rules as a test.

    tools/tidy.py [ROOT]        prints one line per finding, exit 1 when there is any

What is only written down drifts, so each rule of CONTRIBUTING.md that a program can check is checked here, and every
finding says what to do instead. The layer table and the folder captions are read from ARCHITECTURE.md: the page that
people read is the page that is enforced. There:

    | row | folders |                        under a heading "Layers": rows from high to low, folders split by blanks
    | folder | holds | must never know |     one caption per folder (several may share one: `webhooks, live, sinks`)

A file of src/ belongs to the longest folder of the table that contains it, so `links/sqlite` is its own folder and
`api/handlers` is part of `api`. It may include its own folder and folders on lower rows, nothing else.

tidy_test.py breaks each rule on purpose. To add a rule, write a function that yields Findings, put it in RULES, and
break it there.
"""

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

CPP = {".h", ".cc"}
SCRIPT = {".ts", ".tsx", ".mjs", ".js"}
BUILD = {".cmake", ".py", ".sh"}
NAMED = {"CMakeLists.txt", "dev", "run"}
SKIPPED_FOLDERS = {"node_modules", "dist", "build", ".git", ".dev", "__pycache__", "corpus", "fixtures"}
SKIPPED_AT_ROOT = {"data", "data-demo"}

LINES_PER_FILE = 700
LINES_PER_FILE_OF = {"src/main.cc": 30, "src/server/app.cc": 300}
COLUMNS = 100


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Ban:
    """A pattern that must not occur in files with these suffixes, except below the folders in `allowed`."""

    pattern: str
    suffixes: frozenset
    instead: str
    allowed: tuple = ()
    in_comments: bool = False


def ban(pattern, suffixes, instead, allowed=(), in_comments=False):
    return Ban(pattern, frozenset(suffixes), instead, allowed, in_comments)


# Each ban with its replacement. Words are split so that this file does not contain what it forbids.
BANS = [
    ban(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b", CPP | SCRIPT | BUILD,
        "do it now, or write an issue and say nothing here", in_comments=True),
    ban(r"\bGTEST_SKIP\b|\bDISABLED_", CPP, "repair the test or delete it: nothing is disabled"),
    ban(r"\b(test|it|describe)\.(skip|only|todo)\b", SCRIPT,
        "repair the test or delete it: nothing is disabled, nothing runs alone"),
    ban(r"#\s*include\s*<iostream>", CPP, "log with base/log.h; only cli speaks to the terminal",
        allowed=("src/cli",)),
    ban(r"(?<![\w:.>])(std::)?s?rand\s*\(", CPP, "take a Random from base/random.h", allowed=("src/base",)),
    ban(r"\bsystem_clock::now\b", CPP, "take a Clock from base/clock.h", allowed=("src/base",)),
    ban(r"\bstd::w?regex\b|#\s*include\s*<regex>", CPP, "use RE2: linear time on a stranger's input"),
    ban(r"\bassert\s*\(", CPP, "use CHECK from base/check.h, which stays on in release"),
    ban(r"\busing\s+namespace\s+std\b", CPP, "write std::"),
    ban(r"\bfile\s*\(\s*GLOB", {".cmake", ".txt"}, "list the files: a forgotten test must be seen"),
]


class Tree:
    """The files of the repository that are ours, and ARCHITECTURE.md's tables, read once."""

    def __init__(self, root):
        self.root = Path(root)
        self.files = sorted(self._walk())
        self._text = {}
        architecture = self.text("ARCHITECTURE.md") if "ARCHITECTURE.md" in self.files else ""
        self.rows = read_layers(architecture)
        self.captions = read_captions(architecture)

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            here = Path(folder).relative_to(self.root)
            skipped = SKIPPED_FOLDERS | (SKIPPED_AT_ROOT if here == Path(".") else set())
            folders[:] = [name for name in folders if name not in skipped]
            for name in names:
                yield (here / name).as_posix()

    def text(self, path):
        if path not in self._text:
            self._text[path] = (self.root / path).read_text(encoding="utf-8", errors="replace")
        return self._text[path]

    def lines(self, path):
        return enumerate(self.text(path).splitlines(), start=1)

    def having(self, suffixes, below=""):
        return [path for path in self.files if suffix_of(path) in suffixes and path.startswith(below)]

    def generated(self, path):
        """Files that a tool writes say so in their first lines."""
        return re.search(r"auto-generated|generated (by|from)", self.text(path)[:400], re.I) is not None

    def module_of(self, path_below_src):
        """The longest folder of the layer table that contains the path, or None."""
        for parent in PurePosixPath(path_below_src).parents:
            if parent.as_posix() in self.rows:
                return parent.as_posix()
        return None


def suffix_of(path):
    pure = PurePosixPath(path)
    return ".cmake" if pure.name in NAMED else pure.suffix


def tables(markdown):
    """Yields (heading above, header cells, list of row cells) for each table of a Markdown page."""
    heading, block = "", []
    for line in markdown.splitlines() + [""]:
        if line.startswith("|"):
            block.append([cell.strip().strip("`") for cell in line.strip().strip("|").split("|")])
            continue
        if len(block) > 2:
            yield heading, [cell.lower() for cell in block[0]], block[2:]
        block = []
        if line.startswith("#"):
            heading = line.lstrip("# ").strip()


def read_layers(markdown):
    """{folder: row number} of the table below the heading that begins with "Layers"."""
    rows = {}
    for heading, header, body in tables(markdown):
        if heading.lower().startswith("layers") and header[:2] == ["row", "folders"]:
            for cells in body:
                for folder in re.split(r"[\s,`]+", cells[1].strip("` ")):
                    rows[folder] = int(cells[0])
    return rows


def read_captions(markdown):
    """{folder: (holds, must never know)}."""
    captions = {}
    for _, header, body in tables(markdown):
        if header == ["folder", "holds", "must never know"]:
            for cells in body:
                for folder in re.split(r"[\s,`]+", cells[0]):
                    captions[folder] = tuple(cells[1:3])
    return captions


def includes(tree, path):
    """Yields (line, included path) for the quoted includes of one file."""
    for number, line in tree.lines(path):
        match = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
        if match:
            yield number, match.group(1)


# ------------------------------------------------------------------------------------------------------------- rules


def check_layers(tree):
    """Includes point down. main.cc stands above every row."""
    if not tree.rows:
        yield Finding("ARCHITECTURE.md", 1, 'no layer table: write `| row | folders |` under a heading "Layers"')
        return
    for path in tree.having(CPP, "src/"):
        inside = path.removeprefix("src/")
        module = tree.module_of(inside)
        if module is None and "/" in inside:
            yield Finding(path, 1, "its folder is in no row of ARCHITECTURE.md's layer table: add it there")
            continue
        for number, target in includes(tree, path):
            below = tree.module_of(target)
            if below is None:
                yield Finding(path, number, f'"{target}" names no folder of the layer table: include from src/')
            elif module is not None and below != module and tree.rows[below] >= tree.rows[module]:
                direction = "sideways" if tree.rows[below] == tree.rows[module] else "up"
                yield Finding(path, number, f'"{target}" points {direction} (row {tree.rows[module]} {module} -> row '
                              f"{tree.rows[below]} {below}): move the shared part down, or pass it in from server")


def check_cycles(tree):
    """Folders do not include each other in a circle, whatever the table says."""
    edges = {}
    for path in tree.having(CPP, "src/"):
        here = PurePosixPath(path.removeprefix("src/")).parent.as_posix()
        for _, target in includes(tree, path):
            there = PurePosixPath(target).parent.as_posix()
            if there != here and f"src/{target}" in tree.files:
                edges.setdefault(here, set()).add(there)

    def find(folder, trail):
        for below in sorted(edges.get(folder, ())):
            if below in trail:
                return trail[trail.index(below):] + [below]
            if below not in done:
                found = find(below, trail + [below])
                if found:
                    return found
        done.add(folder)
        return None

    done = set()
    for folder in sorted(edges):
        circle = find(folder, [folder])
        if circle:
            yield Finding(f"src/{circle[0]}", 1, "folders include each other: " + " -> ".join(circle)
                          + "; move what both need to a lower folder")
            return


def check_captions(tree):
    """Every folder of the table that exists has a caption, and every caption's folder is in the table."""
    for folder in sorted(tree.rows):
        exists = any(path.startswith(f"src/{folder}/") for path in tree.files)
        parent_caption = tree.captions.get(folder.split("/")[0])
        if exists and not any(tree.captions.get(folder, parent_caption or ("",))):
            yield Finding("ARCHITECTURE.md", 1, f"folder {folder} has no caption: add `| {folder} | holds | "
                          "must never know |`")
    for folder in sorted(set(tree.captions) - set(tree.rows)):
        yield Finding("ARCHITECTURE.md", 1, f"caption for {folder}, which is in no layer row: remove one or add the other")


def module_arguments(text):
    """{keyword: [names]} over the tally_module(…) calls of a CMakeLists.txt."""
    arguments = {}
    for call in re.findall(r"tally_module\s*\(([^)]*)\)", re.sub(r"#.*", "", text)):
        keyword = None
        for word in call.split():
            if re.fullmatch(r"[A-Z]{3,}", word):
                keyword = word
            else:
                arguments.setdefault(keyword, []).append(word)
    return arguments


def check_listed(tree):
    """Every source is built: each .cc of src/ stands in its folder's CMakeLists.txt, under the keyword of its kind."""
    for path in tree.having({".cc"}, "src/"):
        if path == "src/main.cc":
            continue
        folder = next((parent.as_posix() for parent in PurePosixPath(path).parents
                       if f"{parent.as_posix()}/CMakeLists.txt" in tree.files), None)
        kind = next((word for ending, word in (("_test", "TESTS"), ("_fuzz", "FUZZERS"), ("_bench", "BENCHES"))
                     if PurePosixPath(path).stem.endswith(ending)), "SOURCES")
        listed = module_arguments(tree.text(f"{folder}/CMakeLists.txt")).get(kind, []) if folder else []
        if not folder or path.removeprefix(f"{folder}/") not in listed:
            yield Finding(path, 1, f"not built: list it under {kind} in {folder or PurePosixPath(path).parent}"
                          "/CMakeLists.txt")


def check_registered(tree):
    """Every black-box test file is named in a CMakeLists.txt below tests/."""
    lists = "\n".join(tree.text(path) for path in tree.files
                      if path.startswith("tests/") and path.endswith("CMakeLists.txt"))
    for path in tree.files:
        name = PurePosixPath(path).name
        if path.startswith("tests/") and re.search(r"\.test\.m?[jt]s$|_test\.(cc|py)$", name):
            stem = re.split(r"\.test\.|\.", name)[0]
            if not re.search(rf"\b{re.escape(stem)}\b", lists):
                yield Finding(path, 1, "not registered: name it in tests/CMakeLists.txt")


def check_corpora(tree):
    """A fuzzer without seeds replays nothing."""
    for path in tree.having({".cc"}, "src/"):
        stem = PurePosixPath(path).stem
        if stem.endswith("_fuzz"):
            corpus = f"fuzz/corpus/{stem.removesuffix('_fuzz')}"
            if not any((tree.root / corpus).glob("*")):
                yield Finding(path, 1, f"no seeds: put a few real inputs into {corpus}/")


def check_spdx(tree):
    """The licence stands in the first line (after `#!`)."""
    for path in tree.having(CPP | SCRIPT | BUILD):
        head = tree.text(path).splitlines()[:2]
        first = head[1:] if head and head[0].startswith("#!") else head
        if path == ".ci/run" or tree.generated(path):
            continue
        if not first or "SPDX-License-Identifier: Apache-2.0" not in first[0]:
            yield Finding(path, 1, "first line must be: SPDX-License-Identifier: Apache-2.0 (in a comment)")


def check_sizes(tree):
    """Files and lines stay readable."""
    for path in tree.having(CPP | SCRIPT | BUILD):
        if tree.generated(path):
            continue
        count = len(tree.text(path).splitlines())
        limit = LINES_PER_FILE_OF.get(path, LINES_PER_FILE)
        if count > limit:
            yield Finding(path, count, f"{count} lines, at most {limit}: split it by idea")
        if suffix_of(path) in CPP:
            for number, line in tree.lines(path):
                if len(line) > COLUMNS:
                    yield Finding(path, number, f"{len(line)} columns, at most {COLUMNS}: break the line")


def check_bans(tree):
    for rule in BANS:
        pattern = re.compile(rule.pattern)
        for path in tree.having(rule.suffixes):
            if any(path.startswith(f"{folder}/") for folder in rule.allowed) or tree.generated(path):
                continue
            if path.startswith("tools/tidy"):
                continue
            for number, line in tree.lines(path):
                code = line if rule.in_comments else re.sub(r"//.*", "", line)
                found = pattern.search(code)
                if found:
                    yield Finding(path, number, f"`{found.group(0)}` is not used here: {rule.instead}")


def check_locks(tree):
    """Lock files pin by integrity and name no registry, so that any mirror serves them."""
    for path in tree.files:
        if not path.endswith("package-lock.json"):
            continue
        for number, line in tree.lines(path):
            if '"resolved": "http' in line:
                yield Finding(path, number, "registry address: set omit-lockfile-registry-resolved=true in .npmrc "
                              "and install again")
        for name, package in json.loads(tree.text(path)).get("packages", {}).items():
            if name and not package.get("link") and not package.get("integrity"):
                yield Finding(path, 1, f"{name} has no integrity: install it again from a registry")


def check_readme(tree):
    text = tree.text("README.md") if "README.md" in tree.files else ""
    for command in ("./dev run", "./dev test"):
        if command not in text:
            yield Finding("README.md", 1, f"must show the command {command}")


def check_links(tree):
    """Links between our pages lead somewhere."""
    for path in tree.having({".md"}):
        for number, line in tree.lines(path):
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", line):
                if "://" not in target and not target.startswith("mailto:"):
                    if not (tree.root / path).parent.joinpath(target).exists():
                        yield Finding(path, number, f"{target} does not exist: mend the link")


RULES = [check_layers, check_cycles, check_captions, check_listed, check_registered, check_corpora, check_spdx,
         check_sizes, check_bans, check_locks, check_readme, check_links]


def findings(root):
    tree = Tree(root)
    return [finding for rule in RULES for finding in rule(tree)]


def main(arguments):
    root = arguments[1] if len(arguments) > 1 else Path(__file__).resolve().parent.parent
    found = findings(root)
    for finding in found:
        print(finding)
    print(f"tidy: {len(found)} findings" if found else "tidy: nothing to say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
