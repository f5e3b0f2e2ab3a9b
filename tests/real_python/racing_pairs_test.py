#!/usr/bin/env python3
"""Whoever looks at an object that another thread changes can come before the change and after it.

For each pair of racing_pairs.txt a real interpreter says what the expression gives before the change and after it, and the outcomes of two
threads must have both. `mark` is set just before the change and printed just before the expression is evaluated: the outcome in which
the mark is not set yet and the change is seen all the same needs a step that ends between what each thread does to the mark and to the object.
"""

import json
import os
import subprocess
import sys
import tempfile
import textwrap

import interpreters

EVALUATE = "try:\n    print(%s)\nexcept Exception as error:\n    print(type(error).__name__)\n"


def pairs():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "racing_pairs.txt"), encoding="utf-8") as file:
        paragraphs = file.read().split("\n\n")
    for paragraph in paragraphs:
        lines = [line for line in paragraph.strip().splitlines() if not line.startswith("#")]
        setup = "".join(line + "\n" for line in lines if line[:2] not in ("| ", "? "))
        writer = "".join(line[2:] + "\n" for line in lines if line[:2] == "| ")
        (expression,) = [line[2:] for line in lines if line[:2] == "? "]
        yield setup, writer, expression


def printed(python, program):
    done = subprocess.run([python, "-I", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode())
    return done.stdout.decode().splitlines()[-1]


def outcomes(binary, design, program):
    """What the thread that evaluates prints, in all outcomes."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pair.txtar")
        report = os.path.join(folder, "report.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write("-- scenario.toml --\ntitle = \"A pair\"\n-- main.py --\n" + program)
        done = subprocess.run([binary, "outcomes", path, "--design", design, "--json", report], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode())
        with open(report, encoding="utf-8") as file:
            return {outcome["threads"][2]["stdout"] for outcome in json.load(file)["outcomes"]}


def threads(setup, writer, expression):
    return ("import threading\nmark = 0\n" + setup + "def write():\n    global mark\n    mark = 1\n" + textwrap.indent(writer, "    ") +
            "def evaluate():\n    print(mark)\n" + textwrap.indent(EVALUATE % expression, "    ") +
            "threads = [threading.Thread(target=write), threading.Thread(target=evaluate)]\n"
            "for t in threads: t.start()\nfor t in threads: t.join()\n")


def main():
    found = interpreters.require_interpreters()
    version = "3.9" if "3.9" in found else max(found, key=interpreters.version_key)
    binary = interpreters.require_binary()
    problems = []
    count = 0
    for setup, writer, expression in pairs():
        before = printed(found[version], setup + EVALUATE % expression)
        after = printed(found[version], setup + writer + EVALUATE % expression)
        if before == after:
            problems.append("%s| %s? %s gives %s before and after" % (setup, writer, expression, before))
            continue
        given = outcomes(binary, "cpython-" + version, threads(setup, writer, expression))
        missing = {"%d\n%s\n" % (mark, value) for mark in (0, 1) for value in (before, after)} - given
        if missing:
            problems.append("%s| %s? %s: of %s missing %s" % (setup, writer, expression, sorted(given), sorted(missing)))
        count += 1
    print("%d pairs on cpython-%s" % (count, version))
    for problem in problems:
        print(problem)
    sys.exit(1 if problems or count < 25 else 0)


if __name__ == "__main__":
    main()
