#!/usr/bin/env python3
"""The scenarios of specs/scenarios/gil on all GILs, and how many states two of them have where all is well.

The numbers have no other source than the tool: one that changes tells that what is a step of C code, or which states are one, has changed.
"""

import fnmatch
import os
import sys

import matrix

# Left out of the full one: seconds for two_rounds, and more for the two with three threads of Python, of which nothing is expected on it.
PARTS = [("GILs", [], ["gil-lazy", "gil-lazy-first-fix", "gil-lazy-thread-start", "gil-1992", "gil-eager", "gil-alone"]),
         ("the full GIL", ["two_rounds", "switch_points", "the_gil_alone"], ["gil-eager-full"])]
# Scenario -> states and transitions on gil-eager, where it passes.
PINNED = {"foreign_thread": (46, 50), "two_rounds": (8774, 20972)}


def scenarios(except_for=()):
    return [path for path in matrix.scenarios() if fnmatch.fnmatchcase(path, "specs/scenarios/gil/*")
            and os.path.basename(path)[:-len(".txtar")] not in except_for]


def check_numbers():
    wrong = 0
    for name, expected in PINNED.items():
        (cell,) = matrix.run(["specs/scenarios/gil/%s.txtar" % name], ["gil-eager"])
        found = (cell["stats"]["states"], cell["stats"]["transitions"])
        if matrix.in_words(cell) != "pass" or found != expected:
            wrong += 1
            print("%s on gil-eager: expected pass with %d states and %d transitions, found %s with %d and %d" % ((name,) + expected + (matrix.in_words(cell),) + found))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(max([check_numbers()] + [matrix.check(name, scenarios(left_out), designs) for name, left_out, designs in PARTS]))
