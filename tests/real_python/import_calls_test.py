#!/usr/bin/env python3
"""The C side of import calls importlib in the machine as it does in each interpreter.

import_calls.txtar is run by both and prints one line a case: which functions of importlib
were called with what, and what came of it. Here the two texts are compared.

    import_calls_test.py [--python 3.12]... [--reference-only] [--show PATTERN]
"""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

import interpreters
import txtar

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "import_calls.txtar")
SHOWN = 20

# What is known by hand, on every version: the recorders really stand in the way.
KNOWN = {
    "import a | a complete": "- | gives <a>",
    "import a | a initialising": "_lock_unlock_module('a') | gives <a>",
    "import a | a absent": "_find_and_load('a') | gives <a>",
    "import a.b as c | a.b complete": "- | gives <a.b>",
    "from a import x | a complete": "_handle_fromlist(<a>, ['x']) | gives 'x of a'",
}


def run_on_interpreter(python):
    with tempfile.TemporaryDirectory() as folder:
        txtar.unpack(txtar.read(PROGRAM)[1], folder)
        command = [python, "-B", "-W", "ignore", os.path.join(folder, "main.py")]
        process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    return ending_of(process)


def run_in_machine(binary, version):
    command = [binary, "run", PROGRAM, "--design", "cpython-" + version]
    process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    return ending_of(process)


def ending_of(process):
    """(lines of stdout, what went wrong or '')."""
    lines = process.stdout.decode().splitlines()
    if process.returncode:
        last = process.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return lines, "status %d after %d cases: %s" % (process.returncode, len(lines), last)
    return lines, ""


def by_case(lines):
    cases = {}
    for line in lines:
        spelling, holding, calls, ending, left = line.split(" | ")
        cases["%s | %s" % (spelling, holding)] = (calls, ending, left)
    return cases


def check_known(version, cases, problems):
    for case, expected in KNOWN.items():
        got = " | ".join(cases.get(case, ("absent", ""))[:2])
        if got != expected:
            problems.append("python %s: %s: expected %s, got %s" % (version, case, expected, got))


def compare(version, real, ours, problems):
    for case, wanted in real.items():
        got = ours.get(case)
        if got is None:
            problems.append("machine %s: %s: no record" % (version, case))
        elif got != wanted:
            problems.append("%s: %s\n    python:  %s\n    machine: %s"
                            % (version, case, " | ".join(wanted), " | ".join(got)))
    for case in ours:
        if case not in real:
            problems.append("machine %s: %s: a case that python has not" % (version, case))


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", action="append", metavar="3.X")
    parser.add_argument("--reference-only", action="store_true")
    parser.add_argument("--show", metavar="PATTERN", help="print the interpreters' records that match")
    return parser.parse_args()


def main():
    options = parse_options()
    found = interpreters.require_interpreters(options.python)
    binary = None if options.reference_only else interpreters.require_binary()
    problems, count = [], 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        real = dict(zip(found, pool.map(run_on_interpreter, found.values())))
        ours = {}
        if binary:
            ours = dict(zip(found, pool.map(lambda version: run_in_machine(binary, version), found)))
    for version in found:
        lines, failure = real[version]
        if failure:
            problems.append("python %s: %s" % (version, failure))
        cases = by_case(lines)
        count += len(cases)
        check_known(version, cases, problems)
        if binary:
            lines, failure = ours[version]
            if failure:
                problems.append("machine %s: %s" % (version, failure))
            compare(version, cases, by_case(lines), problems)
        for case, record in cases.items():
            if options.show and re.search(options.show, case):
                print("%-5s %s | %s" % (version, case, " | ".join(record)))
    for problem in problems[:SHOWN]:
        print(problem)
    if len(problems) > SHOWN:
        print("... and %d more" % (len(problems) - SHOWN))
    print("%d cases on %s, %d differences" % (count, ", ".join(found), len(problems)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
