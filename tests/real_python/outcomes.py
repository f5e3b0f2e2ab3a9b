"""Outcomes of a scenario: seen on a real interpreter, and listed by the machine.

An outcome is compared as: the set of its threads' (name, end, output), and which of the
scenario's modules sys.modules holds at the end, complete or partial.
"""

import fnmatch
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

import interpreters
import txtar

HERE = os.path.dirname(os.path.abspath(__file__))
SCENARIOS = os.path.join(interpreters.project_root(), "specs", "scenarios")
RUNS = 100000


class Scenario:
    def __init__(self, path):
        self.path = path
        self.name = os.path.relpath(path, SCENARIOS)[:-len(".txtar")]
        _, self.files = txtar.read(path)
        self.toml = self.files.pop("scenario.toml", "")

    def needs_lockweave(self):
        texts = "\n".join(text for name, text in self.files.items() if name.endswith(".py"))
        return re.search(r"^\s*(import|from) (lockweave|capi)\b", texts, re.MULTILINE) is not None

    def incomplete_ok(self, design):
        found = re.search(r"^incomplete_ok = \[(.*?)\]", self.toml, re.MULTILINE | re.DOTALL)
        globs = re.findall(r'"([^"]*)"', found.group(1)) if found else []
        return any(fnmatch.fnmatchcase(design, glob) for glob in globs)

    def modules(self):
        names = [name[:-3].replace("/", ".") for name in self.files if name.endswith(".py")]
        return {re.sub(r"\.__init__$", "", name) for name in names} - {"main"}


def load_scenarios(pattern=None):
    found = []
    for folder, folders, names in os.walk(SCENARIOS):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".txtar"):
                scenario = Scenario(os.path.join(folder, name))
                if not pattern or re.search(pattern, scenario.name):
                    found.append(scenario)
    return found


def key(outcome, modules):
    """What is compared of an outcome."""
    threads = tuple(sorted((row["name"], row["end"], row["stdout"]) for row in outcome["threads"]))
    # Between a body's failing and its removal from sys.modules an interpreter calls it initialising.
    held = {name: "partial" if state == "failed" else state for name, state in outcome["modules"].items()
            if name in modules and state != "None"}
    return threads, tuple(sorted(held.items()))


def is_endless(outcome):
    """Going round for ever is no end: the machine calls it livelock and lists no outcome for it."""
    return any(row["end"] == "endless" for row in outcome["threads"])


def without_daemon_ends(outcome_key):
    """Where the program hangs, whether a daemon counts as blocked or as daemon is a matter of words."""
    threads, modules = outcome_key
    return tuple((name, "blocked" if end == "daemon" else end, out) for name, end, out in threads), modules


class Seen:
    def __init__(self):
        self.outcomes = {}  # key -> outcome
        self.runs = 0
        self.endless = 0
        self.failures = []


def run_driver(python, scenario, seconds, seed):
    request = {"files": scenario.files, "seconds": seconds, "seed": seed, "runs": RUNS,
               "changes_files": 'finder = "files"' in scenario.toml}
    folder = tempfile.mkdtemp()
    environment = dict(os.environ, TMPDIR=folder, PYTHONIOENCODING="utf-8")
    process = subprocess.Popen([python, "-W", "ignore", os.path.join(HERE, "outcomes_driver.py")],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=environment, start_new_session=True)
    try:
        out, err = process.communicate(json.dumps(request).encode(), timeout=seconds + 30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its children as well: who is left has the other end of the pipe
        out, err = process.communicate()
    shutil.rmtree(folder, ignore_errors=True)
    answers = [json.loads(line) for line in out.decode().splitlines()]
    last = err.decode(errors="replace").strip().splitlines()[-1:]
    return answers, "" if answers and "runs" in answers[-1] else "status %s: %s" % (process.returncode, last)


def stress(python, scenario, seconds, seed):
    """Runs the scenario again and again for so many seconds."""
    seen = Seen()
    modules = scenario.modules()
    deadline = time.monotonic() + seconds
    first = True
    while first or (time.monotonic() < deadline and not seen.failures):
        first = False
        seed += 1
        answers, failure = run_driver(python, scenario, max(deadline - time.monotonic(), 0.05), seed)
        if failure:
            seen.failures.append(failure)
        for answer in answers:
            if "runs" in answer:
                seen.runs += answer["runs"]
            elif is_endless(answer["outcome"]):
                seen.endless += 1
            else:
                seen.outcomes.setdefault(key(answer["outcome"], modules), answer["outcome"])
    return seen


class Predicted:
    def __init__(self, keys, outcomes, complete, failure=""):
        self.keys = keys
        self.outcomes = outcomes
        self.complete = complete
        self.failure = failure
        self.relaxed = {without_daemon_ends(k) for k in keys}

    def lists(self, outcome_key):
        return outcome_key in self.keys or (
            any(end == "blocked" for _, end, _ in outcome_key[0])
            and without_daemon_ends(outcome_key) in self.relaxed)


def predict(binary, scenario, design, seconds):
    """The outcomes that the machine lists."""
    command = [binary, "outcomes", scenario.path, "--design", design, "--json", "-",
               "--max-time", "%ds" % seconds]
    try:
        process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 timeout=seconds * 2 + 20)
    except subprocess.TimeoutExpired:
        return Predicted(set(), [], False, "did not end in twice its --max-time")
    try:
        report = json.loads(process.stdout.decode().splitlines()[0])
        outcomes = report["outcomes"]
    except (ValueError, KeyError, IndexError):
        last = process.stderr.decode(errors="replace").strip().splitlines()[:2]
        return Predicted(set(), [], False, "status %d, no report: %s" % (process.returncode, last))
    modules = scenario.modules()
    keys = {key(outcome, modules) for outcome in outcomes}
    return Predicted(keys, outcomes, report.get("complete", False))


def in_words(outcome_key):
    threads, modules = outcome_key
    rows = ["%s %s%s" % (name, end, " %r" % out if out else "") for name, end, out in threads]
    return "; ".join(rows) + " | " + ", ".join("%s %s" % item for item in modules)
