#!/usr/bin/env python3
"""The forced orders of bpo-20891, in CPython itself and in the machine.

bpo20891.c is compiled against the installed 3.6 (a GIL made on demand, with the first fix) and 3.7 (a GIL from the start) and run order by
order, each several times; the scenarios specs/scenarios/gil/order_*.txtar are the same program for the machine. An order leaves nothing to
chance, so every run must end as the machine says: well, with the same fatal error, with the failed assertion, or never.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import interpreters

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.environ.get("LOCKWEAVE_SOURCE_DIR") or interpreters.project_root()
ORDERS = ["before", "inside", "after", "after_old_calls"]
DESIGNS = {"3.6": ["gil-lazy-first-fix", "cpython-3.6"], "3.7": ["gil-eager", "cpython-3.7"]}
RUNS = 20
# A run that hangs costs its whole time; one that does not has time even on a busy machine.
HANGING_RUNS, HANGING_SECONDS = 3, 2
SECONDS = 60

WELL = "ends well"
HANGS = "hangs"
ASSERTION = "assertion"


# --- the machine


def found_by_machine(order, design):
    """What may come of it, a set of words."""
    scenario = os.path.join(ROOT, "specs", "scenarios", "gil", "order_%s.txtar" % order)
    done = subprocess.run([interpreters.require_binary(), "check", scenario, "--design", design, "--json", "-", "--progress", "never"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    if done.returncode not in (0, 1):
        sys.exit("%s on %s: %s" % (order, design, done.stderr.decode(errors="replace")))
    (report,) = [json.loads(line) for line in done.stdout.decode().splitlines() if line.startswith("{")]
    if not report["complete"]:
        sys.exit("%s on %s: not explored completely" % (order, design))
    return {in_words(violation) for violation in report["violations"]} or {WELL}


def in_words(violation):
    if violation["property"] == "fatal-error":
        return "fatal error: " + re.sub(r"^the interpreter stops in \w+: ", "", violation["message"])
    return {"deadlock": HANGS, "assertion": ASSERTION}.get(violation["property"], violation["property"])


# --- CPython


class NotHere(Exception):
    """Nothing to compile with or to link with; why."""


def asked(python, expression):
    answer = subprocess.run([python, "-I", "-c", "import json, sys, sysconfig; print(json.dumps(%s))" % expression], stdout=subprocess.PIPE, timeout=60, check=True)
    return json.loads(answer.stdout.decode())


def compiled(python, folder):
    """The program for that interpreter, and the environment to run it in."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise NotHere("no C compiler (cc)")
    headers, libraries, version, prefix = asked(
        python, "[sysconfig.get_paths()['include'], sysconfig.get_config_var('LIBDIR'), sysconfig.get_config_var('LDVERSION'), sys.base_prefix]")
    if not os.path.exists(os.path.join(headers, "Python.h")):
        raise NotHere("no header files")
    places = [place for place in (os.path.join(prefix, "lib"), libraries) if os.path.exists(os.path.join(place, "libpython%s.so" % version))]
    if not places:
        raise NotHere("no shared libpython%s" % version)
    program = os.path.join(folder, "bpo20891")
    subprocess.run([compiler, "-std=gnu11", "-O1", "-w", "-pthread", "-I" + headers, os.path.join(HERE, "bpo20891.c"), "-o", program,
                    "-L" + places[0], "-lpython" + version, "-Wl,-rpath," + places[0]], check=True)
    return program, {"PYTHONHOME": prefix}


def seen_in_run(program, environment, order, seconds):
    folder = os.path.dirname(program)  # where a core file may go
    process = subprocess.Popen([program, order], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return HANGS if out == b"begun\n" else "hangs before it has begun"
    fatal = re.search(r"^Fatal Python error: (.*)", err.decode(errors="replace"), re.MULTILINE)
    if fatal:
        return "fatal error: " + fatal.group(1).strip()
    return {0: WELL, 3: ASSERTION}.get(process.returncode, "exit status %d: %s" % (process.returncode, err.decode(errors="replace")))


def seen_in_cpython(program, environment, order, may_hang):
    runs, seconds = (HANGING_RUNS, HANGING_SECONDS) if may_hang else (RUNS, SECONDS)
    return {seen_in_run(program, environment, order, seconds) for _ in range(runs)}


def compare(version, python):
    """How many orders were not alike."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        program, environment = compiled(python, folder)
        for order in ORDERS:
            found = {design: found_by_machine(order, design) for design in DESIGNS[version]}
            seen = seen_in_cpython(program, environment, order, any(HANGS in words for words in found.values()))
            print("%s  %-16s %s" % (version, order, ", ".join(sorted(seen))))
            for design, words in found.items():
                if words != seen:
                    wrong += 1
                    print("    %s: %s" % (design, ", ".join(sorted(words))))
    return wrong


def main():
    compared = wrong = 0
    for version, python in interpreters.require_interpreters(sorted(DESIGNS)).items():
        try:
            wrong += compare(version, python)
            compared += 1
        except NotHere as why:
            print("%s left out: %s" % (version, why))
    sys.exit(1 if wrong else 0 if compared else interpreters.SKIPPED)


if __name__ == "__main__":
    main()
