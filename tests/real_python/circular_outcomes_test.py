#!/usr/bin/env python3
"""What can come of two modules that import each other, from two threads.

Stress on every version shows four ends of specs/scenarios/circular_import.txtar: by what is
printed and who gets a _DeadlockError. Two of them come in two forms, for the bodies run side
by side or both in the thread that was first. The machine must list all of these on every
design of CPython; whatever else it lists has to be argued in ARGUED below, or is a mistake.
"""

import argparse
import os
import sys

import interpreters
import outcomes

A_FALSE, A_TRUE = "a: b has bx: False\n", "a: b has bx: True\n"
B_FALSE, B_TRUE = "b: a has ax: False\n", "b: a has ax: True\n"
DEADLOCK = "exception: _DeadlockError"

# (end and output of thread 1, end and output of thread 2, modules) -> its name
SEEN = {
    (("finished", A_FALSE), ("finished", B_TRUE), "a b"): "a sees half of b",
    (("finished", ""), ("finished", A_FALSE + B_TRUE), "a b"): "a sees half of b, thread 2 runs both bodies",
    (("finished", A_TRUE), ("finished", B_FALSE), "a b"): "b sees half of a",
    (("finished", B_FALSE + A_TRUE), ("finished", ""), "a b"): "b sees half of a, thread 1 runs both bodies",
    (("finished", A_FALSE), (DEADLOCK, ""), "a"): "thread 2 is refused; a goes on with the dead b",
    ((DEADLOCK, ""), ("finished", B_FALSE), "b"): "thread 1 is refused; b goes on with the dead a",
}

# Ends that stress has not shown on a version and that are possible nevertheless: key as above ->
# (versions, why: the interleaving in words, with the lines of importlib that it turns on).
ARGUED = {
    # To 3.9 a thread may be switched out between any two instructions of _ModuleLock.acquire. Both threads have noted in
    # _blocking_on what they want (`_blocking_on[tid] = self`) before either searches; each then finds the cycle, is refused
    # (has_deadlock is true) and takes the other's half-made module, and before either looks at the other's attribute both
    # have gone on. From 3.10 on, noting and searching have no switch point between them that lets both happen.
    (('finished', 'a: b has bx: True\n'), ('finished', 'b: a has ax: True\n'), 'a b'):
        (("3.6", "3.7", "3.8", "3.9"), "both threads are refused at once, and then go on"),
}


def shape(outcome_key):
    """An outcome of the machine in the form of the tables above."""
    threads, modules = outcome_key
    rows = {name.split(" ")[0]: (end, out) for name, end, out in threads}
    held = " ".join(name if state == "complete" else name + ":" + state for name, state in modules)
    main = rows.pop("MainThread", ("absent", ""))
    if main != ("finished", "") or sorted(rows) != ["Thread-1", "Thread-2"]:
        return ("unexpected threads", outcome_key, held)
    return rows["Thread-1"], rows["Thread-2"], held


def check(version, predicted, problems):
    if predicted.failure:
        problems.append("%s: %s" % (version, predicted.failure))
        return
    if not predicted.complete:
        problems.append("%s: the exploration is not complete" % version)
    listed = {shape(outcome_key) for outcome_key in predicted.keys}
    for outcome, name in SEEN.items():
        if outcome not in listed:
            problems.append("%s: not listed: %s %s" % (version, name, outcome))
    for outcome in sorted(listed - set(SEEN), key=repr):
        versions = ARGUED.get(outcome, ((), ""))[0]
        if version not in versions:
            problems.append("%s: listed and nowhere argued: %s" % (version, outcome))


def check_reference(version, python, scenario, seconds, problems):
    """The table itself: nothing else may come out of a real interpreter."""
    seen = outcomes.stress(python, scenario, seconds, 1)
    problems += ["%s: %s" % (version, failure) for failure in seen.failures]
    for outcome in {shape(outcome_key) for outcome_key in seen.outcomes} - set(SEEN) - set(ARGUED):
        problems.append("%s: seen on the interpreter, in neither table: %s" % (version, outcome))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", action="append", metavar="3.X")
    parser.add_argument("--reference-only", action="store_true", help="look at the interpreters only")
    parser.add_argument("--max-time", type=int, default=60, metavar="SECONDS", help="for one exploration")
    options = parser.parse_args()
    found = interpreters.require_interpreters(options.python)
    scenario = outcomes.Scenario(os.path.join(outcomes.SCENARIOS, "circular_import.txtar"))
    problems = []
    for version, python in found.items():
        if options.reference_only:
            check_reference(version, python, scenario, 1.0, problems)
        else:
            binary = interpreters.require_binary()
            predicted = outcomes.predict(binary, scenario, "cpython-" + version, options.max_time)
            check(version, predicted, problems)
    for problem in problems:
        print(problem)
    print("%d versions, %d problems" % (len(found), len(problems)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
