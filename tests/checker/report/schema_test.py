#!/usr/bin/env python3
"""Reports satisfy docs/trace.schema.json: the goldens, and what the tool writes for a few scenarios.

Also that the validator and the schema are no rubber stamps: each golden, damaged in many
ways, is refused.
"""

import copy
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import schema as json_schema  # noqa: E402

ROOT = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
BINARY = os.environ.get("LOCKWEAVE_BINARY") or os.path.join(ROOT, "build", "lockweave")
RING = os.path.join(ROOT, "specs", "scenarios", "circular_import.txtar")
ENDLESS = "-- main.py --\nn = 0\nwhile True:\n    n += 1\n"
BROKEN = "-- main.py --\nx = (\n"


def goldens():
    folder = os.path.join(ROOT, "tests", "golden", "reports")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                yield name, json.loads(file.read())


def command_lines(folder):
    def write(name, text):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path
    yield ["check", RING, "--design", "no-lock", "--design", "textbook", "--keep-going"]
    yield ["check", RING, "--design", "no-lock", "--strategy", "random", "--seed", "3"]
    yield ["check", RING, "--design", "no-lock", "--preemptions", "0"]
    yield ["check", RING, "--design", "no-lock", "--max-states", "10"]
    yield ["outcomes", RING, "--design", "no-lock"]
    yield ["outcomes", RING, "--design", "textbook", "--order"]
    yield ["matrix", RING, "--design", "no-lock", "--design", "textbook", "--design", "global-lock"]
    yield ["check", write("endless.txtar", ENDLESS), "--design", "textbook", "--max-states", "50"]
    yield ["check", write("broken.txtar", BROKEN), "--design", "textbook"]


def reports_of(arguments):
    try:
        process = subprocess.run([BINARY] + arguments + ["--json", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    except subprocess.TimeoutExpired:
        return [], ["did not end within 60 s"]
    lines = process.stdout.decode().splitlines()
    if not lines or process.returncode not in (0, 1, 2, 3):
        return [], ["status %d, %d lines: %s" % (process.returncode, len(lines), process.stderr.decode(errors="replace").strip()[:300])]
    return [json.loads(line) for line in lines], []


def damaged(value):
    """Copies with one thing wrong, at every level."""
    if isinstance(value, dict):
        for key in value:
            lacking = dict(value)
            del lacking[key]
            yield lacking
            for worse in damaged(value[key]):
                yield {**value, key: worse}
        yield {**value, "no such thing": 1}
    elif isinstance(value, list):
        yield {"0": value}
        for number, item in enumerate(value):
            for worse in damaged(item):
                yield value[:number] + [worse] + value[number + 1:]
    elif isinstance(value, bool) or value is None:
        yield "yes"
    elif isinstance(value, (int, float)):
        yield -1
        yield str(value)
    else:
        yield [value]


# What may be left out, or be anything: not every damage is one.
OPTIONAL = {"loop_begin", "error", "expectation", "ordered"}


def is_harmless(report, worse):
    missing = set(report) - set(worse)
    return bool(missing & OPTIONAL)


def rubber_stamps(name, report, schema):
    found = []
    for number, worse in enumerate(damaged(copy.deepcopy(report))):
        text = json.dumps(worse)
        harmless = is_harmless(report, worse) or re.search(r'"modules": \{[^}]*"no such thing": 1', text) is not None
        lacks_module = any(set(a["modules"]) - set(b.get("modules", a["modules"])) for a, b in zip(report["outcomes"], worse.get("outcomes", []) or [])
                           if isinstance(b, dict) and isinstance(b.get("modules"), dict))
        if not harmless and not lacks_module and not json_schema.problems(worse, schema):
            found.append("%s: damage %d goes unnoticed: %s" % (name, number, text[:200]))
    return found


def main():
    schema = json_schema.load()
    wrong = []
    for name, report in goldens():
        wrong += ["%s: %s" % (name, problem) for problem in json_schema.problems(report, schema)]
        wrong += rubber_stamps(name, report, schema)
    if os.path.exists(BINARY):
        with tempfile.TemporaryDirectory() as folder:
            for arguments in command_lines(folder):
                reports, failures = reports_of(arguments)
                wrong += ["%s: %s" % (" ".join(arguments), words) for words in failures]
                for report in reports:
                    wrong += ["%s: %s" % (" ".join(arguments), problem) for problem in json_schema.problems(report, schema)[:5]]
    else:
        print("no lockweave binary: only the goldens were looked at")
    for words in wrong:
        print(words)
    print("%d problems" % len(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
