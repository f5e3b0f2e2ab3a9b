"""The machine against SPIN: the same small programs as scenarios and as Promela models must have the same number of states and of
transitions, and break the same properties. A third exploration, in promela_programs.py, must find that number as well.

Exit status 77 (skipped) without spin, gcc or the tool.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from promela_programs import Program

SKIPPED = 77  # how ctest is told
SOURCE = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOCKWEAVE = os.environ.get("LOCKWEAVE_BINARY") or os.path.join(SOURCE, "build", "lockweave")
DESIGN = os.path.join(SOURCE, "tests", "support", "every-opcode")
MOST_STATES = 6000


def run(*command, folder):
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)


def by_spin(model, folder):
    """(states, transitions, broken properties)."""
    with open(os.path.join(folder, "program.pml"), "w") as file:
        file.write(model)
    # -o2: variables that are written and never read are part of the state, too.
    for command in (["spin", "-o2", "-a", "program.pml"], ["gcc", "-O0", "-w", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c"]):
        built = run(*command, folder=folder)
        if built.returncode != 0:
            raise RuntimeError("%s: %s" % (" ".join(command), built.stdout))
    text = run("./pan", "-A", "-c0", "-m100000", "-w16", folder=folder).stdout
    states, transitions = (int(re.search(r"(\d+) " + word, text).group(1)) for word in ("states, stored", "transitions"))
    broken = set(re.findall(r"^broken: (\w+)$", text, re.MULTILINE))
    if not re.search(r"errors: 0$", text, re.MULTILINE):
        broken.add("deadlock")
    # pan counts its initial state among the transitions.
    return states, transitions - 1, broken


def by_lockweave(scenario, folder):
    path = os.path.join(folder, "program.txtar")
    with open(path, "w") as file:
        file.write(scenario)
    done = run(LOCKWEAVE, "check", path, "--design", DESIGN, "--strategy", "exhaustive", "--no-reduction", "--keep-going", "--json", "-", folder=folder)
    report = json.loads(done.stdout)
    if not report["complete"]:
        raise RuntimeError(done.stdout)
    broken = {violation["property"] for violation in report["violations"]}
    # Livelock is no question that pan is asked here.
    return report["stats"]["states"], report["stats"]["transitions"], broken & {"deadlock", "assertion", "exception"}


def compare(first_seed, wanted):
    """Looks for so many programs that can be compared; how many differ, as an exit status."""
    if not os.path.exists(LOCKWEAVE):
        print("skipped: no lockweave at %s" % LOCKWEAVE)
        return SKIPPED
    for tool in ("spin", "gcc"):
        if shutil.which(tool) is None:
            print("skipped: there is no %s here (Debian: apt-get install spin gcc)" % tool)
            return SKIPPED
    compared = different = tried = states = 0
    broken = {}
    with tempfile.TemporaryDirectory() as folder:
        while compared < wanted:
            program = Program(first_seed + tried)
            tried += 1
            known = program.explore(MOST_STATES)
            # Of no use: too large, or with a variable or lock that only one thread touches; the machine does not stop there.
            if known is None or not known[1]:
                continue
            theirs, ours = by_spin(program.promela(), folder), by_lockweave(program.scenario(), folder)
            compared += 1
            states += ours[0]
            for word in ours[2] or {"pass"}:
                broken[word] = broken.get(word, 0) + 1
            # Before main has started the threads there is one state more.
            if theirs != ours or known[0] + 1 != ours[0]:
                different += 1
                print("seed %d: SPIN %s, lockweave %s, explored here %d\n%s" % (first_seed + tried - 1, theirs, ours, known[0] + 1, program.scenario()))
    print("%d programs compared of %d made, %d states; %s; %d different"
          % (compared, tried, states, ", ".join("%s: %d" % pair for pair in sorted(broken.items())), different))
    return 1 if different else 0
