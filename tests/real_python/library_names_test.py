#!/usr/bin/env python3
"""What the standard library has is either modelled or known not to be: nothing is simply missing.

A name that a real module has and the machine's has not would look like an AttributeError of the program. So
model/library/not_modelled.txt lists all such names, with the versions that have them, and the modules that there are none of;
to use one is an error about the subset. This test compares the list with the installed interpreters.

    library_names_test.py [--python 3.12]... [--write]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

import interpreters

TABLE = os.path.join(interpreters.project_root(), "model", "library", "not_modelled.txt")
FIRST, LAST = 6, 13
HEAD = """# What CPython's standard library has and the machine has not, by module; "-" lists modules. A range is one of minor versions.
# Compared with the installed interpreters, and written anew, by tests/real_python/library_names_test.py --write.
"""

ALL_MODULES = r"""
import json, os, pkgutil, sys
if hasattr(sys, 'stdlib_module_names'):
    names = set(sys.stdlib_module_names)
else:
    folder = os.path.dirname(os.__file__)
    names = set(sys.builtin_module_names)
    names |= {m.name for m in pkgutil.iter_modules([folder, os.path.join(folder, 'lib-dynload')])}
for package in ('importlib', 'collections', 'concurrent', 'os'):
    module = __import__(package)
    names |= {package + '.' + m.name for m in pkgutil.iter_modules(getattr(module, '__path__', []))}
print(json.dumps(sorted(n for n in names if n not in ('this', 'antigravity', '__main__') and not n.startswith('_sysconfigdata'))))
"""

NAMES_OF = r"""
import importlib, json, sys
names = {}
for module in json.loads(sys.argv[1]):
    try:
        names[module] = dir(importlib.import_module(module))
    except ImportError:
        pass
print(json.dumps(names))
"""

OURS = """# %s
import sys
for name, module in list(sys.modules.items()):
    if name != '__main__':
        print(name, *dir(module))
"""


def ask(python, program, *arguments):
    process = subprocess.run([python, "-I", "-W", "ignore", "-c", program] + list(arguments), stdout=subprocess.PIPE, check=True)
    return json.loads(process.stdout.decode())


def names_in_machine(binary, version, modules):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "main.py")
        with open(path, "w") as file:
            file.write(OURS % " ".join(modules))
        process = subprocess.run([binary, "run", path, "--design", "cpython-" + version], stdout=subprocess.PIPE, check=True)
    lines = [line.split() for line in process.stdout.decode().splitlines()]
    return {line[0]: set(line[1:]) for line in lines}


def missing_in(binary, version, python):
    """{module: names that ours lacks}, with the modules that are not there at all under "-"."""
    modules = ask(python, ALL_MODULES)
    ours = names_in_machine(binary, version, modules)
    real = ask(python, NAMES_OF, json.dumps([m for m in modules if m in ours]))
    missing = {"-": {m for m in modules if m not in ours}}
    for module, names in real.items():
        lacking = {n for n in set(names) - ours[module] if not (n.startswith("__") and n.endswith("__")) and n not in ("None", "True", "False")}
        if lacking:
            missing[module] = lacking
    return missing


def read_table():
    """{(module, name): (first, last)}"""
    table = {}
    if not os.path.exists(TABLE):
        return table
    with open(TABLE) as file:
        for line in file:
            if line.startswith("#") or ":" not in line:
                continue
            head, names = line.split(":", 1)
            module, versions = (head.split() + [""])[:2]
            first, dash, last = versions.partition("-")
            first = int(first or FIRST) if versions else FIRST
            last = (int(last or LAST) if dash else first) if versions else LAST
            for name in names.split():
                table[module, name] = (first, last)
    return table


def write_table(missing):
    """missing: {minor version: {module: names}}; a range spans from the first version that has a name to the last."""
    seen = {}
    for minor in sorted(missing):
        for module, names in missing[minor].items():
            for name in names:
                first = seen.get((module, name), (minor, minor))[0]
                seen[module, name] = (first, minor)
    groups = {}
    for (module, name), span in seen.items():
        groups.setdefault((module, span), []).append(name)
    with open(TABLE, "w") as file:
        file.write(HEAD)
        for (module, (first, last)), names in sorted(groups.items()):
            versions = "" if (first, last) == (FIRST, LAST) else " %s-%s" % ("" if first == FIRST else first, "" if last == LAST else last)
            file.write("%s%s: %s\n" % (module, versions, " ".join(sorted(names))))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", action="append", metavar="3.X")
    parser.add_argument("--write", action="store_true", help="needs all versions")
    options = parser.parse_args()
    found = interpreters.require_interpreters(options.python)
    binary = interpreters.require_binary()
    missing = {int(version.split(".")[1]): missing_in(binary, version, python) for version, python in found.items()}
    if options.write:
        write_table(missing)
    table, problems = read_table(), 0
    for minor, modules in sorted(missing.items()):
        for module, names in sorted(modules.items()):
            unknown = sorted(n for n in names if not table.get((module, n), (99, 0))[0] <= minor <= table.get((module, n), (99, 0))[1])
            if unknown:
                problems += len(unknown)
                print("3.%d: %s has, and neither the machine nor not_modelled.txt: %s" % (minor, "the library" if module == "-" else module, " ".join(unknown)))
    print("%d names in the table, %d unknown" % (len(table), problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
