"""Runs parts of the matrix scenario × design and tells which cells are not as expected.

Shared by matrix_subset_test.py and matrix_nightly.py; both run on any Python 3.6 or newer.
"""

import fnmatch
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "real_python"))
from interpreters import require_binary  # noqa: E402

ROOT = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.dirname(os.path.dirname(HERE))
SCENARIOS = os.path.join(ROOT, "specs", "scenarios")


def scenarios(except_for=()):
    """All scenarios, as paths relative to the root, but for the patterns in except_for."""
    found = []
    for folder, folders, names in os.walk(SCENARIOS):
        folders.sort()
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), ROOT)
            short = os.path.relpath(os.path.join(folder, name), SCENARIOS)[:-len(".txtar")]
            if name.endswith(".txtar") and not any(fnmatch.fnmatchcase(short, glob) for glob in except_for):
                found.append(path)
    return found


def runs_here(design):
    """Does the interpreter exist whose importlib the design takes? The empty program tells."""
    answer = subprocess.run([require_binary(), "check", os.path.join("tests", "scenarios", "nothing.txtar"), "--design", design],
                            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return answer.returncode == 0


def in_words(cell):
    words = sorted(v["property"] for v in cell["violations"])
    text = cell["verdict"] + (": " + ", ".join(words) if words else "")
    return text + ("" if cell["complete"] else " (incomplete)")


def run(paths, designs, options=()):
    """The cells of the matrix, one JSON object each."""
    command = [require_binary(), "matrix"] + list(paths) + ["--progress", "never", "--format", "json"] + list(options)
    for design in designs:
        command += ["--design", design]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if answer.returncode not in (0, 1, 2, 3):
        print(answer.stderr.decode(errors="replace"))
        sys.exit("status %d" % answer.returncode)
    return [json.loads(line) for line in answer.stdout.decode().splitlines() if line.strip()]


def check(name, paths, designs, options=()):
    """Prints what is not as expected; the exit status."""
    present = [design for design in designs if not design.startswith(("cpython-", "free-threaded-3")) or runs_here(design)]
    for design in designs:
        if design not in present:
            print("left out: %s, that interpreter is not here" % design)
    began = time.time()
    wrong = judged = 0
    for design in present:
        for cell in run(paths, [design], options):
            expectation = cell.get("expectation")
            if expectation is None:
                continue
            judged += 1
            if not expectation["met"]:
                wrong += 1
                expected = expectation["expected"]
                print("%s on %s: expected %s, found %s" % (
                    cell["scenario"], cell["design"],
                    expected if isinstance(expected, str) else "fail: " + ", ".join(expected), in_words(cell)))
                if cell.get("error"):
                    print("    " + cell["error"]["message"].split("\n")[0])
    print("%s: %d cells, %d not as expected, %d designs, %.0f s" % (name, judged, wrong, len(present), time.time() - began))
    return 1 if wrong or (present and not judged) else 0
