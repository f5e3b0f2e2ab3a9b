"""Every schedule that a report prints is replayed in a fresh process and must come to the same end."""

import concurrent.futures
import glob
import os
import subprocess
import sys
import tempfile

ROOT = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
BINARY = os.environ.get("LOCKWEAVE_BINARY") or os.path.join(ROOT, "build", "lockweave")
SCENARIOS = os.path.join(ROOT, "specs", "scenarios")


def scenarios(*patterns):
    """Paths below specs/scenarios, without .txtar; globs."""
    found = []
    for pattern in patterns:
        found += sorted(glob.glob(os.path.join(SCENARIOS, pattern + ".txtar"), recursive=True))
    return found


def run(*arguments, seconds):
    process = subprocess.run([BINARY] + list(arguments), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, timeout=seconds)
    return process.returncode, process.stdout.decode() + process.stderr.decode()


def replay_all(scenario, design, command, limits):
    """(schedules replayed, what went wrong or '')"""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        options = ["--keep-going"] if command == "check" else []
        status, said = run(command, scenario, "--design", design, "--json", report, *options, *limits, seconds=600)
        if status == 2 and ("no installed" in said or "is not meant for this design" in said):
            return 0, ""
        if status not in (0, 1, 3):
            return 0, "%s ended with %d: %s" % (command, status, said[-500:])
        with open(report) as file:
            if '"schedule":"lw' not in file.read():
                return 0, ""
        status, said = run("replay", report, seconds=600)
        count = said.count(": the same\n") + said.count(": differs")
        return count, "" if status == 0 else "replay ended with %d: %s" % (status, said[-800:])


def main(cells, limits):
    """cells: (scenario, design, command)"""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda cell: replay_all(*cell, limits), cells))
    wrong = 0
    for (scenario, design, command), (_, problem) in zip(cells, answers):
        if problem:
            wrong += 1
            print("%s %s × %s: %s" % (command, os.path.relpath(scenario, SCENARIOS), design, problem))
    total = sum(count for count, _ in answers)
    print("%d reports, %d schedules replayed, %d reports wrong" % (len(cells), total, wrong))
    return 1 if wrong or total == 0 else 0


def exit_with(cells, limits=()):
    sys.exit(main(cells, list(limits)))
