#!/usr/bin/env python3
"""The short finder and CPython's own over the modelled file system agree: scenarios that do not change files have the same outcomes with both.

Each scenario is run as it is and with `finder = "files"`; what every thread printed and how it ended, and what became of the modules, over all
executions, must be the same set. With a pattern: only the scenarios whose name it fits, on any designs.

    finders_agree_test.py [--only PATTERN] [--design NAME]...
"""

import argparse
import fnmatch
import json
import os
import re
import subprocess
import sys
import tempfile

import matrix
import matrix_subset_test
from interpreters import PATIENCE

DESIGNS = ["cpython-3.9", "cpython-3.12"]


def with_files(text):
    """The scenario with the other finder: one more line in its scenario.toml, or one more file."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.strip() == "-- scenario.toml --":
            return "\n".join(lines[:number + 1] + ['finder = "files"'] + lines[number + 1:])
    first = next(number for number, line in enumerate(lines) if line.startswith("-- ") and line.rstrip().endswith(" --"))
    return "\n".join(lines[:first] + ["-- scenario.toml --", 'finder = "files"'] + lines[first:])


def modules_of(path):
    """Of the scenario's files. With `files` outcomes also have modules that the program has made otherwise."""
    with open(path, encoding="utf-8") as file:
        names = re.findall(r"^-- (.+)\.py --$", file.read(), re.MULTILINE)
    return {re.sub(r"\.__init__$", "", name.replace("/", ".")) for name in names}


def outcomes(path, design):
    known = modules_of(os.path.join(matrix.ROOT, path))
    command = [matrix.require_binary(), "outcomes", path, "--design", design, "--json", "-", "--progress", "never", "--max-time", "%ds" % (60 * PATIENCE)]
    answer = subprocess.run(command, cwd=matrix.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    text = answer.stdout.decode()
    start = text.find("{")
    if start < 0:
        return {"no report: " + answer.stderr.decode()[-300:]}
    report = json.loads(text[start:])
    if not report["complete"]:
        return {"incomplete: %s" % (report.get("error") or "")}
    found = set()
    for outcome in report["outcomes"]:
        threads = [(thread["name"], thread["end"], thread["stdout"]) for thread in outcome["threads"]]
        found.add(json.dumps([threads, sorted(item for item in outcome["modules"].items() if item[0] in known)]).replace("/scenario/", ""))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="*")
    parser.add_argument("--design", action="append")
    options = parser.parse_args()
    compared = differences = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in matrix.scenarios(except_for=["files/*"] + matrix_subset_test.SLOW):
            name = os.path.relpath(path, os.path.join("specs", "scenarios"))[:-len(".txtar")]
            if not fnmatch.fnmatchcase(name, options.only):
                continue
            with open(os.path.join(matrix.ROOT, path), encoding="utf-8") as file:
                text = file.read()
            other = os.path.join(folder, os.path.basename(path))
            with open(other, "w", encoding="utf-8") as file:
                file.write(with_files(text))
            for design in options.design or [design for design in DESIGNS if matrix.runs_here(design)]:
                with_plain, with_own = outcomes(path, design), outcomes(other, design)
                compared += 1
                if with_plain == with_own:
                    continue
                differences += 1
                print("%s on %s" % (name, design))
                for line in sorted(with_plain - with_own):
                    print("  plain only: " + line)
                for line in sorted(with_own - with_plain):
                    print("  files only: " + line)
    print("%d comparisons, %d differences" % (compared, differences))
    if compared == 0:
        print("nothing was compared")
    return 1 if differences or compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
