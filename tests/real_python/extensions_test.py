#!/usr/bin/env python3
"""Extension modules on real interpreters and in the machine: extensions.txtar holds the same modules as extensions.c, and a program that imports
them, removes them, imports them again and reloads them. It has one thread, so it prints one thing; the machine must print the same, with both finders.
"""

import os
import subprocess
import sys
import tempfile

import compiled_extensions
import interpreters

HERE = os.path.dirname(os.path.abspath(__file__))
SCENARIO = os.path.join(HERE, "extensions.txtar")


def printed_by_cpython(python, library):
    with tempfile.TemporaryDirectory() as folder:
        compiled_extensions.unpack(SCENARIO, library, folder)
        done = subprocess.run([python, "-B", "main.py"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        return done.stdout.decode()


def printed_by_machine(version, finder):
    return compiled_extensions.printed_by_machine(SCENARIO, version, 'finder = "%s"\n' % finder)


def main():
    compared = wrong = 0
    versions = ["3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"]
    for version, python in interpreters.require_interpreters(versions).items():
        with tempfile.TemporaryDirectory() as folder:
            library = compiled_extensions.compiled(python, "extensions.c", folder)
            if library is None:
                print("%s left out: no compiler or no header files" % version)
                continue
            wanted = printed_by_cpython(python, library)
        for finder in ("plain", "files"):
            compared += 1
            got = printed_by_machine(version, finder)
            if got != wanted:
                wrong += 1
                print("%s, finder %s:\n%s\nCPython:\n%s" % (version, finder, got, wanted))
    print("%d compared, %d differ" % (compared, wrong))
    sys.exit(1 if wrong else 0 if compared else interpreters.SKIPPED)


if __name__ == "__main__":
    main()
