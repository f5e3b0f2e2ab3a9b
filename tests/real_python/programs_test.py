#!/usr/bin/env python3
"""Every program of tests/programs prints what it says it prints: on each installed
interpreter, and in the machine on the design of that version.

The interpreters run all programs in one process each (programs_driver.py). The machine
runs one process a program; a program without version-dependent lines runs on 3.8, on 3.12
and on one more version picked by its name, so that the whole stays quick.

    programs_test.py [--only PATTERN] [--python 3.12]... [--machine-only | --reference-only]
                     [--all-versions] [--standalone] [--update]

--update writes the expectations anew from what the interpreters print (then read the diff).
--standalone runs each program in an interpreter of its own: what the driver must agree with.
"""

import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import zlib

import interpreters
import program_file
import txtar

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = os.path.join(interpreters.project_root(), "tests", "programs")
ALWAYS = ("3.8", "3.12")
SHOWN = 20


class Result:
    def __init__(self, out, exception="", message="", marks=(), failure=""):
        self.out = out
        self.exception = exception
        self.message = message
        self.marks = list(marks)
        self.failure = failure  # a crash, a hang, an unsupported construct


# --- the interpreters -----------------------------------------------------------------

def run_driver(python, programs, mark=False):
    """name -> Result, all from one process."""
    request = json.dumps([{"name": p.name, "files": p.files} for p in programs])
    command = [python, os.path.join(HERE, "programs_driver.py")] + (["--mark"] if mark else [])
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", PYTHONIOENCODING="utf-8",
                       PYTHONWARNINGS="ignore")
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environment)
    try:
        out, err = process.communicate(request.encode(), timeout=120)
        ending = "ended with status %d" % process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        ending = "hung"
    results = {}
    for line in out.decode().splitlines():
        answer = json.loads(line)
        results[answer["name"]] = Result(answer["out"], answer["exception"], answer["message"],
                                         answer["marks"])
    last = err.decode(errors="replace").strip().splitlines()[-1:]
    for program in programs:
        if program.name not in results:
            results[program.name] = Result("", failure="the driver %s (%s)" % (ending, last))
    return results


def run_standalone(python, program):
    with tempfile.TemporaryDirectory() as folder:
        txtar.unpack(program.files, folder)
        process = subprocess.run([python, "-B", "-W", "ignore", os.path.join(folder, "main.py")],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    exception, message = "", ""
    if process.returncode == 1:
        last = process.stderr.decode().strip().splitlines()[-1]
        exception, _, message = last.partition(": ")
        exception = exception.rpartition(".")[2]
    failure = "" if process.returncode in (0, 1) else "status %d" % process.returncode
    return Result(process.stdout.decode(), exception, message, failure=failure)


def reference_results(python, programs, standalone):
    if not standalone:
        return run_driver(python, programs)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda program: run_standalone(python, program), programs)
        return {program.name: result for program, result in zip(programs, results)}


# --- the machine ----------------------------------------------------------------------

def versions_for(program, versions, all_versions):
    """The versions this program runs on in the machine."""
    able = [version for version in versions if program.runs_on(version)]
    if all_versions or program.depends_on_version() or len(versions) == 1:
        return able
    others = [version for version in able if version not in ALWAYS]
    chosen = [version for version in able if version in ALWAYS]
    if others:
        chosen.append(others[zlib.crc32(program.name.encode()) % len(others)])
    return chosen


def run_in_machine(binary, program, version):
    command = [binary, "run", program.path, "--design", "cpython-" + version]
    try:
        process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=20)
    except subprocess.TimeoutExpired:
        return Result("", failure="did not end within 20 s")
    out = process.stdout.decode(errors="replace")
    lines = process.stderr.decode(errors="replace").strip().splitlines()
    if process.returncode == 0:
        return Result(out)
    if process.returncode == 1 and lines:
        exception, _, message = lines[-1].partition(": ")
        return Result(out, exception.rpartition(".")[2], message)
    return Result(out, failure="status %d: %s" % (process.returncode, " / ".join(lines[:3])))


# --- comparing ------------------------------------------------------------------------

def first_difference(expected, got):
    wanted, printed = expected.split("\n"), got.split("\n")
    for number, (left, right) in enumerate(zip(wanted, printed), 1):
        if left != right:
            return "line %d: expected %r, got %r" % (number, left, right)
    if len(wanted) > len(printed):
        return "line %d: expected %r, got nothing more" % (len(printed), wanted[len(printed) - 1])
    return "line %d: got %r after the expected end" % (len(wanted), printed[len(wanted) - 1])


def difference(program, version, result):
    out, exception = program.expected(version)
    if result.failure:
        return result.failure
    if result.exception != exception:
        said = ("%s: %s" % (result.exception, result.message)) if result.exception else "none"
        return "expected exception %s, got %s" % (exception or "none", said)
    if result.out != out:
        return first_difference(out, result.out)
    return ""


class Differences:
    def __init__(self):
        self.rows = []
        self.compared = 0

    def note(self, program, where, words):
        self.compared += 1
        if words:
            self.rows.append((program.name, where, words))

    def print_table(self):
        for name, where, words in self.rows[:SHOWN]:
            print("%-44s %-14s %s" % (name, where, words))
        if len(self.rows) > SHOWN:
            print("... and %d more" % (len(self.rows) - SHOWN))


def check_reference(found, programs, options, differences):
    for version, python in found.items():
        able = [program for program in programs if program.runs_on(version)]
        results = reference_results(python, able, options.standalone)
        for program in able:
            words = difference(program, version, results[program.name])
            differences.note(program, "python " + version, words)


def check_machine(versions, programs, options, differences):
    binary = interpreters.require_binary()
    runs = [(program, version) for program in programs
            for version in versions_for(program, versions, options.all_versions)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda run: run_in_machine(binary, *run), runs))
    for (program, version), result in zip(runs, results):
        differences.note(program, "machine " + version, difference(program, version, result))


# --- writing the expectations anew ----------------------------------------------------

def range_text(versions, all_versions):
    """'3.8+', '-3.7', '3.8-3.10' for neighbouring versions, None for all of them."""
    if versions == all_versions:
        return None
    if versions[-1] == all_versions[-1]:
        return versions[0] + "+"
    if versions[0] == all_versions[0]:
        return "-" + versions[-1]
    return versions[0] if len(versions) == 1 else versions[0] + "-" + versions[-1]


def runs_of(values, versions):
    """[(value, [neighbouring versions with it])]"""
    grouped = []
    for version in versions:
        if grouped and grouped[-1][0] == values[version]:
            grouped[-1][1].append(version)
        else:
            grouped.append((values[version], [version]))
    return grouped


def expectation_lines(outputs, versions):
    """[(range, text)] that give outputs[version] for each version, or None if the lengths differ."""
    split = {version: outputs[version].splitlines() for version in versions}
    if len({len(lines) for lines in split.values()}) > 1:
        grouped = runs_of(outputs, versions)
        return [(range_text(group, versions), line) for text, group in grouped
                for line in text.splitlines()]
    lines = []
    for number in range(len(split[versions[0]])):
        values = {version: split[version][number] for version in versions}
        for text, group in runs_of(values, versions):
            lines.append((range_text(group, versions), text))
    return lines


def strip_expectations(source):
    kept = []
    for line in source.split("\n"):
        if "# expect" in line:
            at = line.index("# expect")
            if not line[:at].strip():
                continue
            line = line[:at].rstrip()
        kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n"


def comment_of(versions, text, word="expect"):
    mark = "[%s]" % versions if versions else ""
    return ("# %s%s: %s" % (word, mark, text)).rstrip()


def inline_or_block(source, lines, marks):
    """The source with its expectations beside the prints where these run in text order, once."""
    rows = source.rstrip("\n").split("\n")
    plain = not any(versions for versions, _ in lines)
    in_order = all(left < right for left, right in zip(marks, marks[1:]))
    if plain and in_order and 0 not in marks and len(marks) == len(lines):
        joined = [rows[mark - 1] + "  " + comment_of(*line) for mark, line in zip(marks, lines)]
        if all(len(row) <= 110 for row in joined):
            for mark, row in zip(marks, joined):
                rows[mark - 1] = row
            return rows
    return rows + [comment_of(*line) for line in lines]


def update(programs, found):
    stripped = []
    for program in programs:
        program.files["main.py"] = strip_expectations(program.main)
        program.files = {name: text for name, text in program.files.items()
                         if not name.startswith("expected")}
        stripped.append(program)
    results = {version: run_driver(python, [p for p in stripped if p.runs_on(version)], mark=True)
               for version, python in found.items()}
    for program in stripped:
        versions = [version for version in found if program.runs_on(version)]
        write_expectations(program, versions, {v: results[v][program.name] for v in versions})


def write_expectations(program, versions, results):
    failures = {result.failure for result in results.values() if result.failure}
    outputs = {version: results[version].out for version in versions}
    if failures:
        print("%s: not updated: %s" % (program.name, failures))
        return
    lines = expectation_lines(outputs, versions)
    if any(text != text.rstrip() for _, text in lines):
        print("%s: prints trailing blanks, which a comment cannot show" % program.name)
    endings = runs_of({version: results[version].exception for version in versions}, versions)
    tail = [comment_of(range_text(group, versions), name, "expect-exception")
            for name, group in endings if name]
    if tail:
        print("%s ends with %s: %s" % (program.name, tail[0], results[versions[-1]].message))
    if program.path.endswith(".txtar"):
        program.files["main.py"] = "\n".join(program.files["main.py"].rstrip("\n").split("\n") + tail) + "\n"
        text = write_archive(program, lines)
    else:
        rows = inline_or_block(program.files["main.py"], lines, results[versions[-1]].marks)
        text = "\n".join(rows + tail) + "\n"
    with open(program.path, "w", encoding="utf-8") as file:
        file.write(text)


def write_archive(program, lines):
    if any(versions for versions, _ in lines):
        # The files expected-X come one after the other, so mixed orders go into main.py.
        main = program.files["main.py"].rstrip("\n").split("\n")
        program.files["main.py"] = "\n".join(main + [comment_of(*line) for line in lines]) + "\n"
    elif lines:
        program.files["expected"] = "".join(text + "\n" for _, text in lines)
    return txtar.render(program.about, program.files)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", metavar="PATTERN", help="only programs whose name matches")
    parser.add_argument("--python", action="append", metavar="3.X", help="only this version")
    parser.add_argument("--machine-only", action="store_true")
    parser.add_argument("--reference-only", action="store_true")
    parser.add_argument("--all-versions", action="store_true", help="every program, every design")
    parser.add_argument("--standalone", action="store_true")
    parser.add_argument("--update", action="store_true")
    return parser.parse_args()


def not_yet():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "not_yet.txt")) as lines:
        return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def main():
    options = parse_options()
    programs = program_file.load_all(PROGRAMS, options.only)
    found = interpreters.require_interpreters(options.python)
    if options.update:
        update(programs, found)
        return 0
    differences = Differences()
    if not options.machine_only:
        check_reference(found, programs, options, differences)
    if not options.reference_only:
        check_machine(list(found), programs, options, differences)
    # What the machine does not run yet, by name: a program that has come right must leave the list.
    awaited = not_yet()
    met = {name for name, where, words in differences.rows if where.startswith("machine")}
    differences.rows = [row for row in differences.rows if not (row[1].startswith("machine") and row[0] in awaited)]
    if not options.reference_only and not options.only and not options.python:
        for name in sorted(awaited - met):
            differences.rows.append((name, "not_yet.txt", "this program runs right now: take its name out"))
    print("%d programs are known not to run right yet (not_yet.txt)" % len(awaited))
    differences.print_table()
    print("%d programs, %d runs on %s, %d differences"
          % (len(programs), differences.compared, ", ".join(found), len(differences.rows)))
    return 1 if differences.rows or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
