#!/usr/bin/env python3
"""The library texts and the C side of import agree with the installed interpreters.

import_statement_check.py runs on each of them; library_check.py and import_path_check.py play the machine and need 3.11 or newer.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "real_python"))
import interpreters

LIBRARY_FOLDER = "import importlib, os; print(os.path.dirname(importlib.__file__))"


def run(python, script, *arguments):
    """-S: no site packages, whose hooks would be seen as imports."""
    result = subprocess.run([python, "-S", "-B", os.path.join(HERE, script)] + list(arguments), stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, timeout=300)
    name = "%s on %s" % (script, python)
    print("%s: %s" % (name, "ok" if result.returncode == 0 else "FAILED"))
    if result.returncode != 0:
        print(result.stdout.decode())
    return result.returncode == 0


def main():
    found = interpreters.installed()
    if not found:
        print("no interpreter from 3.6 to 3.13 found")
        return 77
    results = [run(python, "import_statement_check.py") for python in found.values()]
    hosts = [python for version, python in found.items() if int(version.split(".")[1]) >= 11]
    if hosts:
        folders = [subprocess.check_output([python, "-c", LIBRARY_FOLDER]).decode().strip() for python in found.values()]
        results.append(run(hosts[-1], "import_path_check.py", *folders))
        results += [run(python, "library_check.py") for python in hosts]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
