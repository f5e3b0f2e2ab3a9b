#!/usr/bin/env python3
"""importlib.util is the file beside the importlib that is checked: a change in it changes verdicts, and schedules do not fit the other text.

The example is the fault of the first repair of LazyLoader (gh-117178): without its note that it is loading, a module that imports itself
is loaded again and again.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

import matrix  # noqa: F401  (finds the folder of interpreters)
import interpreters

VERSION = "3.13"
NOTE = "loader_state['is_loading'] = True"
USES_UTIL = "specs/scenarios/lazy/imports_itself.txtar"
DOES_NOT = "specs/scenarios/packages/submodule_not_bound.txtar"


def lockweave(*arguments):
    answer = subprocess.run([interpreters.require_binary()] + list(arguments), cwd=matrix.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return answer.returncode, answer.stdout.decode(), answer.stderr.decode()


def check(scenario, *design):
    status, out, err = lockweave("check", scenario, "--json", "-", *design)
    assert status in (0, 1), err
    return json.loads(out[out.index("{"):])


def copy_of_library(python, folder):
    """importlib/_bootstrap.py and util.py of that interpreter, in a folder of ours; the path of the first."""
    library = subprocess.run([python, "-I", "-c", "import importlib, os; print(os.path.dirname(importlib.__file__))"], stdout=subprocess.PIPE, check=True)
    os.makedirs(folder)
    for name in ("_bootstrap.py", "util.py"):
        shutil.copy(os.path.join(library.stdout.decode().strip(), name), folder)
    return os.path.join(folder, "_bootstrap.py")


def main():
    python = interpreters.require_interpreters([VERSION])[VERSION]
    with tempfile.TemporaryDirectory() as folder:
        bootstrap = copy_of_library(python, os.path.join(folder, "importlib"))
        design = ("--bootstrap", bootstrap)
        assert check(USES_UTIL, *design)["verdict"] == "pass"

        util = os.path.join(folder, "importlib", "util.py")
        with open(util) as file:
            text = file.read()
        assert NOTE in text
        with open(util, "w") as file:
            file.write(text.replace(NOTE, "pass"))
        found = check(USES_UTIL, *design)
        assert [violation["property"] for violation in found["violations"]] != [], "the change in util.py is not seen"

        schedule = found["violations"][0]["schedule"]
        assert lockweave("replay", USES_UTIL, "--schedule", schedule, *design)[0] == 0
        status, _, err = lockweave("replay", USES_UTIL, "--schedule", schedule, "--design", "cpython-" + VERSION)
        assert status == 2 and "design" in err, "a schedule of another util.py is taken: %d %s" % (status, err)

        # A program that does not load it has the same schedules on both.
        schedule = check(DOES_NOT, *design)["violations"][0]["schedule"]
        status, _, err = lockweave("replay", DOES_NOT, "--schedule", schedule, "--design", "cpython-" + VERSION)
        assert status == 0, err
    print("util.py is read where importlib is")
    return 0


if __name__ == "__main__":
    sys.exit(main())
