#!/usr/bin/env python3
"""Every outcome that a real interpreter shows under stress is among those the machine lists.

Each scenario that is plain Python is run many times on the installed interpreters, with a
tiny switch interval and random pauses (outcomes_driver.py); what comes out is looked up in
`lockweave outcomes`. The budget is shared out; within the default one a scenario is run on
one version up to 3.9 and one later, picked by its name and by --round.

    outcomes_stress_test.py [--budget SECONDS] [--scenario PATTERN] [--python 3.12]...
                            [--all-versions] [--reference-only] [--round N] [--verbose]
"""

import argparse
import sys
import time
import zlib

import interpreters
import outcomes

SHOWN = 20


def picked_versions(scenario, versions, options):
    if options.all_versions or options.python:
        return versions
    number = zlib.crc32(scenario.name.encode()) + options.round
    groups = [[v for v in versions if interpreters.version_key(v) <= (3, 9)],
              [v for v in versions if interpreters.version_key(v) > (3, 9)]]
    return [group[number % len(group)] for group in groups if group]


def plan(found, options):
    cells = []
    for scenario in outcomes.load_scenarios(options.scenario):
        # The driver runs program after program in one process: a child would go on as a driver, and no run has the interpreter's end. left_behind_test.py runs those.
        if scenario.needs_lockweave() or any(word in text for text in scenario.files.values() for word in ("os.fork", "_exit", "atexit", "__del__")):
            continue
        for version in picked_versions(scenario, list(found), options):
            if not scenario.incomplete_ok("cpython-" + version):
                cells.append((scenario, version))
    # Where the budget does not reach to the end, it is another end in each round.
    cells.sort(key=lambda cell: zlib.crc32(("%s %s %d" % (cell[0].name, cell[1], options.round)).encode()))
    return cells


class Totals:
    def __init__(self):
        self.runs = self.seen = self.listed = self.endless = self.judged = 0
        self.unjudged = []
        self.not_reached = 0
        self.problems = []


def judge(scenario, version, seen, predicted, totals):
    where = "%s on %s" % (scenario.name, version)
    if predicted.failure:
        totals.problems.append("%s: the machine: %s" % (where, predicted.failure))
        return
    missing = [k for k in seen.outcomes if not predicted.lists(k)]
    if missing and not predicted.complete:
        # What an unfinished exploration does not list, it may yet find: no verdict, and said so.
        totals.unjudged.append(where)
        return
    totals.judged += 1
    totals.listed += len(predicted.keys)
    for outcome_key in missing:
        totals.problems.append("%s: seen, not listed: %s" % (where, outcomes.in_words(outcome_key)))


def run(found, cells, options):
    totals = Totals()
    binary = None if options.reference_only else interpreters.require_binary()
    deadline = time.monotonic() + options.budget
    for number, (scenario, version) in enumerate(cells):
        if time.monotonic() > deadline + 1 and binary:
            totals.not_reached = len(cells) - number
            break
        share = max((deadline - time.monotonic()) / (len(cells) - number), 0.15)
        if binary:
            predicted = outcomes.predict(binary, scenario, "cpython-" + version,
                                        min(options.max_time, int(deadline - time.monotonic()) + 1))
        seen = outcomes.stress(found[version], scenario, share / 2 if binary else share, options.round)
        totals.runs += seen.runs
        totals.seen += len(seen.outcomes)
        totals.endless += seen.endless
        for failure in seen.failures:
            totals.problems.append("%s on %s: %s" % (scenario.name, version, failure))
        if binary:
            judge(scenario, version, seen, predicted, totals)
        if options.verbose:
            print("%-44s %-5s %6d runs, %d outcomes%s" % (scenario.name, version, seen.runs, len(seen.outcomes),
                                                          ", endless" if seen.endless else ""), flush=True)
            for outcome_key in seen.outcomes:
                print("        " + outcomes.in_words(outcome_key))
    return totals


def parse_options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--budget", type=float, default=60, metavar="SECONDS")
    parser.add_argument("--scenario", metavar="PATTERN")
    parser.add_argument("--python", action="append", metavar="3.X")
    parser.add_argument("--all-versions", action="store_true")
    parser.add_argument("--reference-only", action="store_true")
    parser.add_argument("--round", type=int, default=0, metavar="N", help="another pick, other seeds")
    parser.add_argument("--max-time", type=int, default=20, metavar="SECONDS", help="for one exploration")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args(arguments)


def main(arguments=None):
    options = parse_options(arguments)
    found = interpreters.require_interpreters(options.python)
    cells = plan(found, options)
    totals = run(found, cells, options)
    for problem in totals.problems[:SHOWN]:
        print(problem)
    if len(totals.problems) > SHOWN:
        print("... and %d more" % (len(totals.problems) - SHOWN))
    if totals.unjudged:
        print("not judged, for the exploration is not complete: " + ", ".join(totals.unjudged))
    if totals.not_reached:
        print("%d of them not reached within the budget" % totals.not_reached)
    nothing = not options.reference_only and not totals.judged
    if nothing:
        print("nothing was judged at all")
    print("%d scenarios and versions, %d runs, %d outcomes seen (%d endless runs), %d listed, %d not judged, "
          "%d problems" % (len(cells), totals.runs, totals.seen, totals.endless, totals.listed,
                           len(totals.unjudged), len(totals.problems)))
    return 1 if totals.problems or not cells or nothing else 0


if __name__ == "__main__":
    sys.exit(main())
