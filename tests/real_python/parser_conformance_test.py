#!/usr/bin/env python3
"""Our parser against `ast` of each installed interpreter, node by node.

Trees: files of that interpreter's own library and every Python text of this project must give the same tree,
with the same line and column of each expression and statement (3.8+; before, without places).
Errors: each source of parser_broken.txt must be refused at the line that 3.12 and 3.13 report.

    parser_conformance_test.py [--python 3.12]... [--library] [FILE...]

FILE...: these instead. --library: every file of the standard library that the subset can hold.
"""

import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import interpreters
import txtar

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = interpreters.project_root()
DRIVER = os.path.join(HERE, "parser_ast_text.py")

LIBRARY = """importlib/_bootstrap.py importlib/__init__.py importlib/util.py importlib/_bootstrap_external.py
importlib/machinery.py importlib/abc.py threading.py queue.py contextlib.py functools.py collections/__init__.py
test/test_importlib/test_locks.py test/lock_tests.py test/test_threading.py test/test_threaded_import.py weakref.py
_weakrefset.py os.py types.py abc.py asyncio/locks.py asyncio/queues.py asyncio/base_events.py
concurrent/futures/_base.py concurrent/futures/thread.py dataclasses.py textwrap.py heapq.py random.py""".split()

# Each version of the grammar knows syntax that an older `ast` refuses.
ERROR_VERSIONS = ("3.12", "3.13")


def find_print_tree():
    candidates = [os.environ.get("LOCKWEAVE_PRINT_TREE")]
    if interpreters.binary():
        candidates.append(os.path.join(os.path.dirname(interpreters.binary()), "print_tree"))
    candidates.append(os.path.join(ROOT, "build", "print_tree"))
    for path in candidates:
        if path and os.access(path, os.X_OK):
            return path
    print("no print_tree: set LOCKWEAVE_PRINT_TREE, or build it")
    sys.exit(1)


def library_of(python):
    answer = subprocess.run([python, "-I", "-c", "import os; print(os.path.dirname(os.__file__))"],
                            stdout=subprocess.PIPE, check=True)
    return answer.stdout.decode().strip()


def library_files(python, everything):
    library = library_of(python)
    if everything:
        found = glob.glob(os.path.join(library, "**", "*.py"), recursive=True)
        return sorted(path for path in found if "site-packages" not in path and "lib2to3" not in path)
    return [path for path in (os.path.join(library, name) for name in LIBRARY) if os.path.exists(path)]


def project_files(folder):
    """The project's Python: library texts, programs, and what the archives hold, copied to `folder` (all readers see the same bytes)."""
    files = []
    broken = os.path.join(ROOT, "tests", "bad_input") + os.sep  # what is broken on purpose has its own test
    for pattern in ("model/library/**/*.py", "specs/**/*.py", "tests/**/*.py"):
        for path in sorted(glob.glob(os.path.join(ROOT, pattern), recursive=True)):
            if path.startswith(broken):
                continue
            files.append(os.path.join(folder, os.path.relpath(path, ROOT).replace(os.sep, "-")))
            shutil.copyfile(path, files[-1])
    archives = []
    for pattern in ("specs/scenarios/**/*.txtar", "tests/programs/**/*.txtar", "tests/real_python/*.txtar"):
        archives += sorted(glob.glob(os.path.join(ROOT, pattern), recursive=True))
    for number, archive in enumerate(archives):
        for name, text in txtar.read(archive)[1].items():
            if not name.endswith(".py") or name.startswith("/") or ".." in name:
                continue
            label = os.path.splitext(os.path.basename(archive))[0]
            path = os.path.join(folder, "%03d-%s-%s" % (number, label, name.replace("/", "-")))
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            files.append(path)
    return files


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        print("%s ended with %d:\n%s" % (os.path.basename(command[0]), done.returncode, done.stderr.decode()[-2000:]))
        sys.exit(1)
    return done.stdout.decode("utf-8")


def trees(command, files):
    """{file: text} from a command that prints `=== FILE` before each."""
    result = {}
    for start in range(0, len(files), 100):
        for part in ("\n" + run(command + files[start:start + 100])).split("\n=== ")[1:]:
            path, text = part.split("\n", 1)
            result[path] = text
    return result


PLACE = re.compile(r"^( *(?:- |\w+: )[A-Z]\w*) \d+:\d+$", flags=re.M)


def first_difference(ours, theirs, version):
    if interpreters.version_key(version) < (3, 8):
        ours = PLACE.sub(r"\1", ours)
    ours, theirs = ours.rstrip("\n").split("\n"), theirs.rstrip("\n").split("\n")
    for number, (mine, real) in enumerate(zip(ours, theirs)):
        if real.endswith(" ?"):
            mine = PLACE.sub(r"\1 ?", mine)
        if mine != real:
            before = "\n".join("      " + line for line in theirs[max(0, number - 6):number])
            return "%s\n    - %s\n    + %s" % (before, real, mine)
    return None if len(ours) == len(theirs) else "    one tree is longer"


def compare_trees(print_tree, version, python, library, project):
    """(files compared, failures)"""
    files = library + project
    theirs = trees([python, "-I", DRIVER, "trees"], files)
    readable = [path for path in files if not theirs[path].startswith("error ")]
    ours = trees([print_tree], readable)
    compared, failures = 0, 0
    for path in readable:
        if re.match(r"error \d+ unsupported: ", ours[path]) and path not in project:
            print("  %s: %s" % (path, ours[path].strip()))
            continue
        compared += 1
        difference = first_difference(ours[path], theirs[path], version)
        if difference:
            failures += 1
            print("FAIL %s %s: -theirs +ours\n%s" % (version, path, difference))
    return compared, failures


def broken_sources():
    """The blocks of parser_broken.txt: after a line of dashes each, with \\e for an end of file without newline."""
    with open(os.path.join(HERE, "parser_broken.txt"), encoding="utf-8") as file:
        blocks = file.read()[:-1].split("\n----\n")[1:]
    return [block + "\n" if not block.endswith("\\e") else block[:-2] for block in blocks]


def our_error_lines(print_tree, sources, folder):
    paths = []
    for number, source in enumerate(sources):
        paths.append(os.path.join(folder, "broken-%04d.py" % number))
        with open(paths[-1], "w", encoding="utf-8", newline="") as file:
            file.write(source)
    answers = trees([print_tree], paths)
    found = [re.match(r"error (\d+) (.*)", answers[path]) for path in paths]
    return [(int(match.group(1)), match.group(2)) if match else (None, "accepted") for match in found]


def compare_errors(print_tree, version, python, folder):
    sources = broken_sources()
    listing = os.path.join(folder, "broken.json")
    with open(listing, "w", encoding="utf-8") as file:
        json.dump(sources, file)
    theirs = json.loads(run([python, "-I", DRIVER, "lines", listing]))
    failures = 0
    for source, real, (line, message) in zip(sources, theirs, our_error_lines(print_tree, sources, folder)):
        if real is None:
            print("FAIL %s compiles this source of parser_broken.txt:\n%s" % (version, source))
        elif line != real:
            print("FAIL %s reports line %s, we %s (%s):\n%s" % (version, real, line, message, source))
        failures += real is None or line != real
    return len(sources), failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", action="append")
    parser.add_argument("--library", action="store_true")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    found = interpreters.installed(options.python)
    if not found:
        print("skipped: no installed Python 3.6 ... 3.13 found")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    print_tree = find_print_tree()
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        ours = options.files or project_files(folder)
        for version, python in found.items():
            own = [] if options.files else library_files(python, options.library)
            compared, failed = compare_trees(print_tree, version, python, own, ours)
            print("%s: %d trees, %d differ" % (version, compared, failed))
            failures += failed
            if version in ERROR_VERSIONS and not options.files:
                compared, failed = compare_errors(print_tree, version, python, folder)
                print("%s: %d broken sources, %d differ" % (version, compared, failed))
                failures += failed
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
