#!/usr/bin/env python3
"""Makes the files of counterexamples/, or compares them with what Lockweave says now.

    counterexamples.py --write [PATTERN]     make them anew (only those of scenarios that match)
    counterexamples.py --compare [PATTERN]   exit status 1 if any differs

For every scenario that something fails on: the simplest trace on one of our own designs and on the newest CPython that
fails, as text and as JSON: SCENARIO.DESIGN.txt. What the scenarios of docs/catalog.md expect besides that, SCENARIO.DESIGN.PROPERTY.txt: one for each property and
kind of design (FURTHER). Files name importlib's own texts by `importlib/FILE` and leave out how much was explored, so
they are the same on any machine with the same interpreters.
"""

import argparse
import fnmatch
import functools
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), folder) for folder in ("real_python", "docs")]
import catalog  # noqa: E402
from interpreters import require_binary  # noqa: E402

ROOT = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.dirname(os.path.dirname(HERE))
SCENARIOS = os.path.join(ROOT, "specs", "scenarios")
FOLDER = os.path.join(ROOT, "counterexamples")
GILS = ["gil-lazy", "gil-lazy-thread-start"]  # of scenarios about the GIL
OWN = ["textbook", "global-lock", "per-module", "no-lock", "inserts-after"]  # the first that fails is shown
CPYTHON = ["cpython-3.%d" % minor for minor in range(13, 5, -1)]
# Kinds of designs, the ones to be shown first in front. Not here: those that are there to be wrong.
FURTHER = [CPYTHON, ["free-threaded-3.13"], ["gil-lazy-first-fix", "gil-lazy", "gil-lazy-thread-start", "gil-1992", "gil-eager-full", "gil-eager"],
           ["free-threaded", "nogil-toggle", "nogil-shared-exclusive-naive", "nogil-shared-exclusive-upgrade", "nogil-shared-exclusive", "nogil-strict", "nogil-unsafe",
            "nogil-old-code-lock", "nogil-toggle-0", "nogil-toggle-1", "nogil-toggle-flag", "nogil-toggle-no-stop"],
           ["fork-2.5", "fork-repaired", "fork-other-ident", "fork-other-ident-fixed", "exit-3.12.0", "exit-3.14"]]
TOO_LARGE = ["circular/three_modules", "locking/five_threads"]


def lockweave(*arguments):
    answer = subprocess.run([require_binary()] + list(arguments) + ["--progress", "never"], cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return answer.returncode, answer.stdout.decode(), answer.stderr.decode(errors="replace")


def scenarios(pattern):
    found = []
    for folder, folders, names in os.walk(SCENARIOS):
        folders.sort()
        for name in names:
            if name.endswith(".txtar"):
                short = os.path.relpath(os.path.join(folder, name), SCENARIOS)[:-len(".txtar")]
                if short not in TOO_LARGE and (not pattern or re.search(pattern, short)):
                    found.append(short)
    return sorted(found)


def wanted_word(short):
    """properties/WORD_fails is there to show WORD; elsewhere the simplest failure is shown."""
    found = re.match(r"properties/(\w+)_fails$", short)
    return found.group(1).replace("_", "-") if found else None


@functools.lru_cache(maxsize=1)
def checked(short, design, *options):
    """(exit status, report or None, text, errors) of a check."""
    handle, name = tempfile.mkstemp(suffix=".json")
    os.close(handle)
    status, out, err = lockweave("check", "specs/scenarios/%s.txtar" % short, "--design", design, "--json", name, *options)
    with open(name, encoding="utf-8") as file:
        lines = file.read().splitlines()
    os.remove(name)
    return status, lines[0] if lines else None, out, err


def report_of(short, design, word=None):
    """The report on one failing cell with one violation (of `word`), or None if the cell holds; a string says why there is none."""
    word = word or wanted_word(short)
    status, line, out, err = checked(short, design, *(["--keep-going"] if word else []))
    if status not in (0, 1, 3) or line is None:
        return "status %d: %s" % (status, (err.strip().splitlines() or ["no report"])[0])
    report = json.loads(line)
    # `sometimes` fails because no execution does something: there is none to show.
    violations = [v for v in report["violations"] if (v["trace"] or v["property"] != "sometimes") and (word is None or v["property"] == word)]
    if not violations:
        return None
    report["violations"] = violations[:1]
    report["text"] = out.splitlines()
    return report


def shortened(path):
    return re.sub(r"^/.*/(importlib/\w+\.py)$", r"\1", path)


def normalised(report):
    """Without what differs between machines, or when the search becomes faster."""
    for violation in report["violations"]:
        for step in violation["trace"]:
            step["file"] = shortened(step["file"])
    report["stats"] = {name: 0.0 if isinstance(value, float) else 0 for name, value in report["stats"].items()}
    report["notes"] = []
    report["outcomes"] = []
    return report


def schedule_of(report):
    return report["violations"][0]["schedule"]


def digests(schedule):
    """Of scenario and design: `lw1.SCENARIO.DESIGN.…`"""
    return schedule.split(".")[1:3]


def text_of(short, report):
    """The trace in lanes, out of the report that people read."""
    violation = report["violations"][0]
    path = "specs/scenarios/%s.txtar" % short
    lines = report["text"]
    starts = [i for i, line in enumerate(lines) if line.startswith(violation["property"] + ":")]
    ends = [i for i, line in enumerate(lines) if line.startswith("replay: ") and starts and i > starts[0]]
    if not starts or not ends:
        sys.exit("%s on %s: no trace of %s in the text report" % (short, report["design"], violation["property"]))
    body = [line for line in lines[starts[0]:ends[0] + 1]
            if not re.match(r"\s+importlib/\w+\.py is /", line)]
    return "%s × %s\n\n%s\n" % (path, report["design"], "\n".join(line.rstrip() for line in body))


def files_of(base, report):
    """The two files whose names begin so."""
    short = cell_of(base + ".json")[0]
    lanes = text_of(short, report)
    report = {name: value for name, value in normalised(report).items() if name != "text"}
    return {base + ".txt": lanes, base + ".json": json.dumps(report, ensure_ascii=False, indent=1) + "\n"}


def expected_words(short, design):
    """What is expected to fail, by the scenario's [expect]; the matrix tests that it is right."""
    with open(os.path.join(SCENARIOS, short + ".txtar"), encoding="utf-8") as file:
        words = catalog.expected_of(file.read(), design)
    return [] if words in (None, ["pass"]) else words


def families_of(short):
    return [OWN, GILS, CPYTHON] if short.startswith("gil/") else [OWN, CPYTHON]


def representative(short, family):
    """(design, report) for the first of the family that shows a failure; None if none does."""
    for design in family:
        report = report_of(short, design) if expected_words(short, design) else None
        if isinstance(report, dict):
            return design, report
    return None


def representatives(short):
    """(design, report) for the own design and the CPython that stand for the scenario."""
    return [found for found in (representative(short, family) for family in families_of(short)) if found]


def further(short, shown):
    """(design, word, report) of what is expected to fail and is not in `shown`: (design, word) of the representatives."""
    if short not in catalog.scenarios():
        return
    for family in FURTHER:
        seen = {word for design, word in shown if design in family}
        for design in family:
            for word in expected_words(short, design):
                if word in seen:
                    continue
                report = report_of(short, design, word)
                if isinstance(report, dict):
                    seen.add(word)
                    yield design, word, report


def title_of(short):
    with open(os.path.join(SCENARIOS, short + ".txtar"), encoding="utf-8") as file:
        found = re.search(r'^title = "(.*)"$', file.read(), re.MULTILINE)
    return found.group(1) if found else short


def save(base, report):
    print("%s: %s" % (base, report["violations"][0]["property"]), flush=True)
    for name, content in files_of(base, report).items():
        path = os.path.join(FOLDER, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)


def write(pattern):
    for short in scenarios(pattern):
        for path in present_files(short):
            os.remove(os.path.join(FOLDER, path))
        shown = []
        for design, report in representatives(short):
            shown.append((design, report["violations"][0]["property"]))
            save("%s.%s" % (short, design), report)
        for design, word, report in further(short, shown):
            save("%s.%s.%s" % (short, design, word), report)
    write_index()
    return 0


def present_files(short=None):
    found = []
    for folder, folders, names in os.walk(FOLDER):
        folders.sort()
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), FOLDER)
            if name.endswith((".json", ".txt")) and (short is None or re.match(re.escape(short) + r"\.[^/]*$", path)):
                found.append(path)
    return found


def read(path):
    with open(os.path.join(FOLDER, path), encoding="utf-8") as file:
        return file.read()


def cell_of(path):
    """packages/import_as.cpython-3.6.json -> packages/import_as, cpython-3.6, None; packages/import_as.cpython-3.6.exception.json has a word as well."""
    short, _, design = path[:-len(".json")].partition(".")
    found = re.fullmatch(r"(.*)\.([a-z-]+)", design)
    return (short,) + (found.groups() if found else (design, None))


def index():
    lines = ["# Counterexamples", "",
             "One trace for every known failure: the simplest way in which a scenario goes wrong on one of our own designs, and on the",
             "newest CPython on which it does. Of the scenarios of [the catalogue](../docs/catalog.md) also the other properties that they expect to be broken, one trace for each kind of design",
             "(CPython, with and without a GIL, GILs as texts, forks and ends); [the matrix](../docs/matrix.md) leads to them. `.txt` is for reading, `.json` for programs; `lockweave replay FILE` runs either again.", "",
             "The files are made by `tests/counterexamples/counterexamples.py --write` and compared by the tests; this table too. How much was",
             "explored is left out (`stats` are 0), and importlib's own files are named `importlib/FILE`.", "",
             "| scenario | design | property | what happens | preemptions | steps |", "| --- | --- | --- | --- | --- | --- |"]
    for path in present_files():
        if not path.endswith(".json"):
            continue
        short, design, _ = cell_of(path)
        violation = json.loads(read(path))["violations"][0]
        message = violation["message"].split("\n")[0].replace("|", "\\|")
        lines.append("| [%s](../specs/scenarios/%s.txtar) | [%s](%s) | `%s` | %s | %d%s | %d |" % (
            title_of(short), short, design, path[:-len(".json")] + ".txt", violation["property"], message,
            violation["preemptions"], "" if violation["minimal"] else " (perhaps fewer)", len(violation["trace"])))
    return "\n".join(lines) + "\n"


def write_index():
    with open(os.path.join(FOLDER, "README.md"), "w", encoding="utf-8") as file:
        file.write(index())


def without_trace(pattern, designs):
    """What fails though no file shows it on a design of the same family; of `designs` only, if given."""
    for short in scenarios(pattern):
        shown = {cell_of(path)[1] for path in present_files(short) if path.endswith(".json")}
        for family in families_of(short):
            found = None if shown & set(family) else representative(short, [design for design in family if not designs or design in designs])
            if found:
                yield "%s fails on %s, and no trace shows it" % (short, found[0])


def compare(pattern=None, designs=None):
    """Each file present against what is found now; also that none is missing, nor missing from the index."""
    different, compared, left_out = [], 0, []
    for path in present_files():
        if not path.endswith(".json"):
            continue
        short, design, word = cell_of(path)
        if (pattern and not re.search(pattern, short)) or (designs and design not in designs):
            continue
        report = report_of(short, design, word)
        if isinstance(report, str):
            left_out.append("%s on %s: %s" % (short, design, report))
            continue
        if report is None:
            different.append("%s on %s: it fails no more" % (short, design))
            continue
        recorded = digests(schedule_of(json.loads(read(path))))
        if design.startswith("cpython-") and recorded[1] != digests(schedule_of(report))[1]:
            left_out.append("%s on %s: another importlib than the recorded one" % (short, design))
            continue
        compared += 1
        for name, content in files_of(path[:-len(".json")], report).items():
            if content != read(name):
                different.append("counterexamples/%s differs" % name)
    different += without_trace(pattern, designs)
    if read("README.md") != index():
        different.append("counterexamples/README.md differs")
    for line in sorted(left_out):
        print("left out: " + line)
    for line in different:
        print(line)
    print("%d counterexamples compared, %d left out, %d differences" % (compared, len(left_out), len(different)))
    if different:
        print("tests/counterexamples/counterexamples.py --write makes them anew")
    return 1 if different or not compared else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true")
    what.add_argument("--compare", action="store_true")
    parser.add_argument("pattern", nargs="?")
    options = parser.parse_args()
    os.makedirs(FOLDER, exist_ok=True)
    return write(options.pattern) if options.write else compare(options.pattern)


if __name__ == "__main__":
    sys.exit(main())
