#!/usr/bin/env python3
"""Several interpreters on real Pythons and in the machine: subinterpreters.txtar holds the same extension modules as subinterpreters.c, and a program that imports
them in main's and in other interpreters, legacy and isolated; subinterpreters_direct.txtar is a program of the modules that CPython has for this. One thread runs at a time, so it prints one thing; the machine must print the same, with both finders.

Not in it: an initialisation that fails on behalf of an isolated interpreter, with which 3.13.0 ends in a double free.
"""

import difflib
import os
import shutil
import subprocess
import sys
import tempfile

import compiled_extensions
import interpreters

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = interpreters.project_root()
PROGRAMS = [os.path.join(HERE, name) for name in ("subinterpreters.txtar", "subinterpreters_direct.txtar")]
VERSIONS = ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13"]


def printed_by_cpython(python, program, library):
    """In a folder of its own. To 3.11 only PYTHONPATH tells another interpreter where the script's folder is."""
    with tempfile.TemporaryDirectory() as folder:
        compiled_extensions.unpack(program, library, folder)
        shutil.copy(os.path.join(ROOT, "specs", "lockweave.py"), folder)
        done = subprocess.run([python, "-B", "-u", "main.py"], cwd=folder, env=dict(os.environ, PYTHONPATH=folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        return done.stdout.decode()


def printed_by_machine(version, program, finder):
    return compiled_extensions.printed_by_machine(program, version, 'finder = "%s"\n[bounds]\ninterpreters = 6\n' % finder, ["--order"])


def main():
    compared = wrong = 0
    for version, python in interpreters.require_interpreters(VERSIONS).items():
        with tempfile.TemporaryDirectory() as folder:
            library = compiled_extensions.compiled(python, "subinterpreters.c", folder)
            if library is None:
                print("%s left out: no compiler or no header files" % version)
                continue
            wanted = {program: printed_by_cpython(python, program, library) for program in PROGRAMS}
        for program, finder in ((program, finder) for program in PROGRAMS for finder in ("plain", "files")):
            compared += 1
            got = printed_by_machine(version, program, finder)
            if got.splitlines() != wanted[program].splitlines():  # to 3.11 the line that an interpreter prints at the program's end is not ended
                wrong += 1
                print("%s, %s, finder %s:" % (version, os.path.basename(program), finder))
                print("\n".join(difflib.unified_diff(wanted[program].splitlines(), got.splitlines(), "CPython", "the machine", lineterm="")))
    print("%d compared, %d differ" % (compared, wrong))
    sys.exit(1 if wrong else 0 if compared else interpreters.SKIPPED)


if __name__ == "__main__":
    main()
