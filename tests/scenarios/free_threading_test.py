#!/usr/bin/env python3
"""Free threading: the scenarios of specs/scenarios/free_threading on the designs without a GIL, with one that comes and goes, and with one for readers and writers.

1. The matrix, and how many states some of its cells have. The numbers have no other source than the tool.
2. The designs that let several threads run Python code are done by the machine itself where a program has no C code. A text that is based on specs/gil/none.py
   is run whatever the program is: both forms let the same things happen. (shared-exclusive has a text of its own for the collector; it is compared, too.)
3. Whatever can happen with a GIL can happen without: of each program the outcomes with the switch points of 3.13 are among those with switches after every
   instruction, and these among those without a GIL.
4. Strategies and reductions agree: what is found without any is what each finds; a random walk finds nothing that is not there.
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import textwrap

import gil_forms_test as forms
import matrix

FOLDER = "specs/scenarios/free_threading"
DESIGNS = ["textbook", "cpython-3.8", "cpython-3.13", "free-threaded", "free-threaded-3.13", "nogil-toggle", "nogil-toggle-0", "nogil-toggle-1", "nogil-toggle-flag",
           "nogil-toggle-no-stop", "nogil-strict", "nogil-unsafe", "nogil-old-code-lock", "nogil-shared-exclusive", "nogil-shared-exclusive-naive",
           "nogil-shared-exclusive-upgrade"]
# (scenario, design) -> states and transitions, like threads kept apart: which of them stands for the others is up to the names of objects, and with it what sleeps.
PINNED = {
    ("partitioned", "free-threaded"): (16, 20),
    ("template_cache", "free-threaded"): (97, 146),
    ("two_extensions", "nogil-old-code-lock"): (105, 168),
    ("collector", "nogil-shared-exclusive"): (2008, 3036),
    ("two_imports", "nogil-toggle"): (8126, 14863),
    ("two_calls_fixed", "gil-eager"): (3165, 3783),
}

# The first form is the machine's own.
FORMS = {"none": "none", "text of none": "./based_on_none.py", "toggle": "./based_on_toggle.py", "shared-exclusive": "./based_on_shared.py"}
TEXTS = {"based_on_none.py": "none", "based_on_toggle.py": "toggle", "based_on_shared.py": "shared-exclusive"}
# What the machine's own form must show of the programs that forms.OF_TWO_THREADS has: that it is no GIL's.
SEVERAL = {"list_and_dict", "lost_update", "two_writes", "half_import"}
# A thread that waits for what it has itself is compared as well; some are too large where each lock of the design is a text.
TOO_LARGE = {"import_twice"}
OWN = {
    "defaultdict_miss": """
        import collections
        table = collections.defaultdict(list)
        def f():
            table['k'].append(1)
        def g():
            table['k'].append(1)
            print(len(table['k']))
        """,
    "setdefault": """
        table = {}
        def f():
            table.setdefault('k', []).append(1)
        def g():
            table.setdefault('k', []).append(1)
            print(len(table['k']))
        """,
    "equal_in_python": """
        class Key:
            def __hash__(self):
                return 1
            def __eq__(self, other):
                seen.append(1)
                return True
        seen = []
        table = {Key(): 1}
        def f():
            table[Key()] = 2
        def g():
            print(table[Key()], len(seen))
        """,
    "sum_of_a_list": """
        numbers = [1, 2]
        def f():
            numbers[0] = 3
            numbers[1] = 4
        def g():
            print(sum(numbers))
        """,
    "sleeps_and_io": """
        import lockweave, time
        x = 0
        def f():
            global x
            lockweave.io()
            x = 1
            time.sleep(1)
        def g():
            print(x)
        """,
}
# What must be among the outcomes of g, to be told without a GIL and not told with one.
ONLY_WITHOUT = {"defaultdict_miss": "0", "sum_of_a_list": "5"}
NEVER = {"setdefault": "0"}

WAYS = [["--no-reduction"], ["--without", "movers"], ["--without", "sleep-sets"], ["--without", "persistent-sets"], ["--without", "symmetry"],
        ["--without", "remembered-steps"], ["--strategy", "dpor", "--max-time", "2s"],
        ["--strategy", "bounded", "--preemptions", "3", "--max-time", "5s"], ["--strategy", "random", "--walks", "200"]]
CELLS = [("borrowed_reference", "free-threaded"), ("two_calls", "nogil-toggle"), ("two_extensions", "nogil-old-code-lock"), ("two_extensions", "nogil-shared-exclusive-upgrade"),
         ("two_imports", "nogil-toggle-no-stop"), ("collector", "nogil-shared-exclusive-naive"), ("partitioned", "nogil-unsafe"), ("template_last_used", "free-threaded"),
         ("template_cache", "nogil-toggle")]


def path_of(name):
    return "%s/%s.txtar" % (FOLDER, name)


def check_numbers():
    wrong = []
    for (name, design), expected in PINNED.items():
        report, problem = check(path_of(name), design, ["--without", "symmetry"])
        found = (report["stats"]["states"], report["stats"]["transitions"]) if report else (0, 0)
        if problem:
            wrong.append(problem)
        if found != expected:
            wrong.append("%s on %s: %d states and %d transitions, and not %d and %d" % ((name, design) + found + expected))
    return wrong


# --- forms

def make_design(folder, form):
    name = form.replace(" ", "_")
    for file, base in TEXTS.items():
        forms.write(folder, name + "/" + file, "BASED_ON = '%s'\n" % base)
    toml = 'importlib = "%s"\nimport_c = "plain"\ngil = "%s"\nswitch_points = "free-threaded"\npython_version = "3.13"\n'
    return os.path.dirname(forms.write(folder, name + "/design.toml", toml % (forms.TEXTBOOK, FORMS[form])))


def programs():
    for name, text in itertools.chain(forms.OF_TWO_THREADS.items(), OWN.items()):
        module = forms.MODULE if "import" in name else ""
        yield name, "-- main.py --\nimport threading" + textwrap.dedent(text) + forms.RUN_BOTH + module
    for name in ("not_joined", "daemon"):
        yield name, "-- main.py --" + textwrap.dedent(forms.WHOLE[name])


def printed(answer):
    """What threads have printed, of all outcomes."""
    return {word for outcome in answer.schedules if outcome != forms.STUCK for _, text in json.loads(outcome)[0] for word in text.split()}


def check_forms(folder):
    wrong = []
    designs = {form: make_design(folder, form) for form in FORMS}
    with_gil = os.path.join(forms.ROOT, "specs", "designs", "textbook")
    for name, text in programs():
        scenario = forms.write(folder, name + ".txtar", text)
        answers = {}
        for form, design in designs.items():
            if form not in ("none", "text of none") and name in TOO_LARGE:
                continue
            answers[form], problem = forms.explore(scenario, design)
            if answers[form] is None or not answers[form].complete:
                wrong.append("%s, %s: %s" % (name, form, problem or "not explored completely"))
                break
        else:
            wrong += ["%s: %s" % (name, line) for line in forms.differences(answers)]
            if name in SEVERAL and len(answers["none"].schedules) < 2:
                wrong.append("%s has one outcome" % name)
            if name in ONLY_WITHOUT:
                found, also = printed(answers["none"]), printed(forms.explore(scenario, with_gil)[0])
                if ONLY_WITHOUT[name] not in found or ONLY_WITHOUT[name] in also:
                    wrong.append("%s prints %s without a GIL, and %s with one" % (name, sorted(found), sorted(also)))
            if name in NEVER and NEVER[name] in printed(answers["none"]):
                wrong.append("%s prints %s" % (name, NEVER[name]))
    return wrong


# --- with a GIL and without

WITH_GIL = [("eager", "3.13"), ("eager", "every-opcode"), ("none", "free-threaded")]
SCENARIOS = ["circular_import", "locking/duplicate_initialisation", "locking/nested_imports", "circular/both_import_a", "circular/attribute_there", "circular/half_made_then_called",
             "packages/submodule_not_bound", "packages/import_as", "failure/waiter_gets_dead_module", "failure/retry", "custom/reload_and_readers", "custom/removed_while_imported",
             "properties/stale_module_fails", "properties/partial_reload_fails", "free_threading/template_cache", "free_threading/template_last_used",
             "free_threading/two_calls", "free_threading/two_calls_fixed", "free_threading/reentered", "free_threading/partitioned"]


def check_orders(folder):
    wrong, strict = [], 0
    toml = 'importlib = "%s"\nimport_c = "plain"\ngil = "%s"\nswitch_points = "%s"\npython_version = "3.13"\n'
    designs = [os.path.dirname(forms.write(folder, "order_%s/design.toml" % points, toml % (forms.TEXTBOOK, gil, points))) for gil, points in WITH_GIL]
    paths = [os.path.join(matrix.SCENARIOS, name + ".txtar") for name in SCENARIOS]
    for path in paths + [forms.write(folder, name + ".txtar", text) for name, text in programs()]:
        before = None
        for design in designs:
            answer, problem = forms.explore(path, design)
            if answer is None or not answer.complete:
                wrong.append("%s on %s: %s" % (path, os.path.basename(design), problem or "not explored completely"))
                break
            found = set(answer.schedules)
            if before is not None:
                wrong += ["%s on %s: missing is %s" % (path, os.path.basename(design), outcome) for outcome in sorted(before - found)]
                strict += before < found
            before = found
    if strict < 6:
        wrong.append("only %d times more can happen with more places to switch" % strict)
    return wrong


# --- ways

def check(scenario, design, options):
    done = subprocess.run([matrix.require_binary(), "check", scenario, "--design", design, "--keep-going", "--json", "-", "--progress", "never"] + options,
                          cwd=matrix.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lines = [line for line in done.stdout.decode().splitlines() if line.startswith("{")]
    if done.returncode not in (0, 1, 3) or len(lines) != 1:
        return None, "status %d: %s" % (done.returncode, done.stderr.decode(errors="replace"))
    return json.loads(lines[0]), ""


def check_ways():
    wrong = []
    for name, design in CELLS:
        reference, problem = check(path_of(name), design, [])
        if reference is None or not reference["complete"]:
            wrong.append("%s on %s: %s" % (name, design, problem or "not explored completely"))
            continue
        expected = {v["property"]: v["preemptions"] for v in reference["violations"]}
        for way in WAYS:
            report, problem = check(path_of(name), design, way)
            if report is None:
                wrong.append("%s on %s, %s: %s" % (name, design, " ".join(way), problem))
                continue
            found = {v["property"]: v["preemptions"] for v in report["violations"]}
            must_be_all = report["complete"] and not report["unchecked"]
            if (found.keys() != expected.keys()) if must_be_all else not found.keys() <= expected.keys():
                wrong.append("%s on %s, %s: found %s, and not %s" % (name, design, " ".join(way), sorted(found), sorted(expected)))
            if way[0] != "--strategy" and not must_be_all:
                wrong.append("%s on %s, %s: incomplete" % (name, design, " ".join(way)))
            for v in report["violations"]:
                if v["minimal"] and v["preemptions"] != expected.get(v["property"]):
                    wrong.append("%s on %s, %s: %s with %d preemptions, and not %s" % (name, design, " ".join(way), v["property"], v["preemptions"], expected.get(v["property"])))
    return wrong


# --- both accesses of a data race

def check_both_accesses():
    """The message of a data race names the calls that led to either access."""
    report, problem = check(path_of("two_extensions"), "nogil-unsafe", [])
    messages = [v["message"] for v in report["violations"] if v["property"] == "data-race"] if report else []
    wanted = ["interpreter.codecs", "one.py:12 in work > interpreter.py:8 in register", "other.py:12 in work > interpreter.py:8 in register", "writes it"]
    return [] if messages and all(part in messages[0] for part in wanted) else ["the message of a data race: %s" % (messages or problem)]


def main():
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        for what, wrong in (("numbers", check_numbers()), ("forms", check_forms(folder)), ("orders", check_orders(folder)), ("ways", check_ways()), ("both accesses", check_both_accesses())):
            print("%s: %s" % (what, "as expected" if not wrong else "%d wrong" % len(wrong)))
            for line in wrong:
                print("    " + line)
                status = 1
    paths = [path for path in matrix.scenarios() if path.startswith(FOLDER)]
    return max(status, matrix.check("free threading", paths, DESIGNS))


if __name__ == "__main__":
    sys.exit(main())
