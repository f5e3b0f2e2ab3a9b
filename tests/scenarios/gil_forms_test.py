#!/usr/bin/env python3
"""The same GIL in three forms lets the same things happen.

Programs without C code run on the machine's own eager GIL, which a lock word and a request to let go are enough for. A text based on
specs/gil/eager.py runs instead whatever the program is, and specs/gil/eager-full.py has the mutexes, condition variables and forced switching of
3.7. Each program below, with each choice of switch points, must have the same set of outcomes on designs that differ in nothing else.

Who waits for the GIL in eager-full has a time limit and tries again for ever, as in C. So where the others have a deadlock it may have a livelock, which
is no end of the program: that threads can get stuck is compared as one outcome, without who waits where.

    gil_forms_test.py [-v] [--only PATTERN]    -v: a table of states
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "real_python"))
from interpreters import PATIENCE, require_binary  # noqa: E402

ROOT = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.dirname(os.path.dirname(HERE))
TEXTBOOK = os.path.join(ROOT, "specs", "designs", "textbook", "importlib.py")
SWITCH_POINTS = ["3.12", "3.8", "blocking-only"]
# Mostly C code, which those do not concern: one of them will do.
C_PROGRAMS = {"foreign_thread", "two_foreign_threads", "main_keeps_the_gil"}
# Too many states in eager-full, but where threads switch at blocking calls only.
TOO_LARGE_FOR_FULL = {"import_twice"}
# What the text of the second form is based on; the others are names.
FORMS = {"machine": "eager", "text": "./based_on_eager.py", "full": "eager-full"}

# f in main, g in a thread that it has started: name -> the text before it. (With a third thread eager-full has millions of states.)
OF_TWO_THREADS = {
    "two_writes": """
        x = 0
        def f():
            global x
            x = 1
            print(x)
        def g():
            global x
            x = 2
            print(x)
        """,
    "lost_update": """
        x = 0
        def f():
            global x
            x = x + len('a')
            print(x)
        g = f
        """,
    "lock": """
        lock = threading.Lock()
        seen = []
        def f():
            with lock:
                seen.append(1)
                print(len(seen))
        g = f
        """,
    "try_acquire": """
        lock = threading.Lock()
        def f():
            if lock.acquire(False):
                print('mine')
                lock.release()
            else:
                print('taken')
        g = f
        """,
    "timed_acquire": """
        lock = threading.Lock()
        def f():
            if lock.acquire(timeout=1):
                lock.release()
            else:
                print('too late')
        def g():
            lock.acquire()
            lock.release()
        """,
    "two_locks_crosswise": """
        a = threading.Lock()
        b = threading.Lock()
        def f():
            with a:
                with b:
                    pass
        def g():
            with b:
                with a:
                    pass
        """,
    "event": """
        event = threading.Event()
        word = 'none'
        def f():
            global word
            word = 'one'
            event.set()
            word = 'two'
        def g():
            event.wait()
            print(word)
        """,
    "list_and_dict": """
        items = []
        table = {}
        def f():
            items.append(1)
            table['f'] = len(items)
        def g():
            items.append(2)
            print(len(items), list(table))
        """,
    "import_twice": """
        def f():
            import m
            print(m.x)
        g = f
        """,
    "half_import": """
        import sys
        def f():
            import m
        def g():
            print(hasattr(sys.modules.get('m'), 'x'))
        """,
    "sleep": """
        import time
        x = 0
        def f():
            global x
            time.sleep(1)
            x = 1
        def g():
            print(x)
            time.sleep(1)
            print(x)
        """,
    "exception": """
        table = {'k': 1}
        def f():
            del table['k']
        def g():
            print(table['k'])
        """,
}
RUN_BOTH = """
thread = threading.Thread(target=g)
thread.start()
f()
thread.join()
"""
MODULE = "-- m.py --\nprint('body of m')\nx = 1\n"

# How threads begin and how the program ends; threads that Python has not made. Where C code runs, the machine's own form is a text as well.
WHOLE = {
    "not_joined": """
        import threading
        x = 0
        def g():
            print(x)
        threading.Thread(target=g).start()
        x = 1
        print('main')
        """,
    "daemon": """
        import threading
        def g():
            print('one')
            print('two')
        threading.Thread(target=g, daemon=True).start()
        print('main')
        """,
    "daemon_of_thread_module": """
        import _thread
        x = 0
        def g():
            global x
            x = 2
            print(x)
        _thread.start_new_thread(g, ())
        x = 1
        print(x)
        """,
    "waits_for_thread_of_thread_module": """
        import _thread
        done = _thread.allocate_lock()
        done.acquire()
        def g():
            print('g')
            done.release()
        _thread.start_new_thread(g, ())
        done.acquire()
        print('main')
        """,
    "called_back": """
        import lockweave
        calls = []
        def back():
            calls.append('back')
        thread = lockweave.native_thread(back)
        calls.append('main')
        print(list(calls))
        thread.join()
        """,
    "foreign_thread": """
        import capi, lockweave
        x = 0
        def worker():
            global x
            state = capi.PyGILState_Ensure()
            x = x + 1
            print(x)
            capi.PyGILState_Release(state)
        thread = lockweave.native_thread(worker)
        saved = capi.PyEval_SaveThread()
        capi.PyEval_RestoreThread(saved)
        x = x + 1
        print(x)
        saved = capi.PyEval_SaveThread()
        thread.join()
        capi.PyEval_RestoreThread(saved)
        """,
    "two_foreign_threads": """
        import capi, lockweave
        turns = capi.Atomic(0)
        def worker():
            state = capi.PyGILState_Ensure()
            print(turns.add(1))
            capi.PyGILState_Release(state)
        threads = [lockweave.native_thread(worker), lockweave.native_thread(worker)]
        saved = capi.PyEval_SaveThread()
        for thread in threads:
            thread.join()
        capi.PyEval_RestoreThread(saved)
        """,
    "main_keeps_the_gil": """
        import capi, lockweave
        def worker():
            state = capi.PyGILState_Ensure()
            capi.PyGILState_Release(state)
        thread = lockweave.native_thread(worker)
        thread.join()
        """,
}


# Functions of an extension module, f in main and g in a thread: its C code, which the machine's own GIL runs in the first form. `x` is a variable of C.
EXTENSIONS = {
    "extension_with_gil": """
        def f(module):
            global x
            x = x + 1
            return x
        def g(module):
            return f(module)
        """,
    "extension_lets_go_and_takes": """
        def f(module):
            global x
            x = x + 1
            saved = capi.PyEval_SaveThread()
            capi.PyEval_RestoreThread(saved)
            x = x + 10
            return x
        def g(module):
            return f(module)
        """,
    "extension_without_gil": """
        def f(module):
            saved = capi.PyEval_SaveThread()
            y.add(1)
            seen = y.load()
            capi.PyEval_RestoreThread(saved)
            return seen
        def g(module):
            y.add(1)
            return y.load() + y.load()
        """,
    "extension_waits_with_gil": """
        def f(module):
            mutex.lock()
            saved = capi.PyEval_SaveThread()
            capi.PyEval_RestoreThread(saved)
            mutex.unlock()
        def g(module):
            return f(module)
        """,
    "extension_waits_without_gil": """
        def f(module):
            saved = capi.PyEval_SaveThread()
            mutex.lock()
            mutex.unlock()
            capi.PyEval_RestoreThread(saved)
            return y.add(1)
        def g(module):
            return f(module)
        """,
    "extension_races": """
        def f(module):
            global x
            saved = capi.PyEval_SaveThread()
            x = 1
            capi.PyEval_RestoreThread(saved)
        def g(module):
            return x
        """,
    "extension_calls_back": """
        def f(module):
            mutex.lock()
            answer = module.seen()
            mutex.unlock()
            return answer
        def g(module):
            if mutex.trylock():
                mutex.unlock()
                return 'free'
            return 'taken'
        """,
}
CALLS_EXTENSION = """
import e
import threading
def seen():
    return len('one')
e.seen = seen
def g():
    print(e.g())
thread = threading.Thread(target=g)
thread.start()
print(e.f())
thread.join()
"""
EXTENSION = """
import capi
x = 0
y = capi.Atomic(0)
mutex = capi.Mutex()
%s
definition = capi.PyModuleDef(m_name='e', m_methods=[f, g])
def PyInit_e():
    return capi.PyModule_Create(definition)
"""

# Nobody waits for a thread that calls back, so it is like one of the module _thread, which the machine's own GIL can judge.
CALLED_BACK = {
    "called_back_before_the_end": """
        import _thread, lockweave
        x = 0
        def g():
            print(x)
        START
        x = 1
        print('main')
        """,
}
START = {"machine": "_thread.start_new_thread(g, ())", "text": "lockweave.native_thread(g)", "full": "lockweave.native_thread(g)"}


def programs():
    """(name, its text for each form)"""
    for name, text in OF_TWO_THREADS.items():
        module = MODULE if "import" in name else ""
        yield name, dict.fromkeys(FORMS, "-- main.py --\nimport threading" + textwrap.dedent(text) + RUN_BOTH + module)
    for name, text in WHOLE.items():
        yield name, dict.fromkeys(FORMS, "-- main.py --" + textwrap.dedent(text))
    for name, text in EXTENSIONS.items():
        yield name, dict.fromkeys(FORMS, "-- main.py --" + CALLS_EXTENSION + "-- e.native.py --" + EXTENSION % textwrap.dedent(text))
    for name, text in CALLED_BACK.items():
        yield name, {form: "-- main.py --" + textwrap.dedent(text).replace("START", START[form]) for form in FORMS}


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def make_design(folder, form, switch_points):
    """The path of a design's folder."""
    name = "%s-%s" % (form, switch_points)
    write(folder, name + "/based_on_eager.py", 'BASED_ON = "eager"\n')
    toml = 'importlib = "%s"\nimport_c = "plain"\ngil = "%s"\nswitch_points = "%s"\npython_version = "3.12"\n'
    return os.path.dirname(write(folder, name + "/design.toml", toml % (TEXTBOOK, FORMS[form], switch_points)))


class Answer:
    def __init__(self, report):
        self.states = report["stats"]["states"]
        self.seconds = report["stats"]["seconds"]
        self.complete = report["complete"]
        self.schedules = {as_text(outcome): outcome["schedule"] for outcome in report["outcomes"]}
        for violation in report["violations"]:
            if violation["property"] in ("deadlock", "livelock"):
                self.schedules[STUCK] = violation["schedule"]
            elif violation["property"] in ("data-race", "fatal-error"):
                self.schedules[violation["property"]] = violation["schedule"]


STUCK = "threads get stuck"


def as_text(outcome):
    if any(thread["end"] == "blocked" for thread in outcome["threads"]):
        return STUCK
    # A thread that has run its last Python code lets go of the GIL and ends: with the machine's GIL at once, with a text in two steps, and the program may end between.
    ends = [("finished" if thread["end"] == "daemon" else thread["end"], thread["stdout"]) for thread in outcome["threads"]]
    return json.dumps([ends, outcome["modules"]])


def explore(scenario, design):
    done = subprocess.run([require_binary(), "outcomes", scenario, "--design", design, "--json", "-", "--progress", "never", "--max-time", "%ds" % (60 * PATIENCE)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1, 3):
        return None, done.stderr.decode(errors="replace")
    (report,) = [json.loads(line) for line in done.stdout.decode().splitlines() if line.startswith("{")]
    return Answer(report), ""


def differences(answers):
    """Lines that say which outcome has which form that another has not, with a schedule."""
    everything = set().union(*(answer.schedules for answer in answers.values()))
    for outcome in sorted(everything):
        have = [form for form, answer in answers.items() if outcome in answer.schedules]
        if len(have) < len(answers):
            yield "    only on %s: %s\n        %s" % (" and ".join(have), outcome, answers[have[0]].schedules[outcome])


def compare(folder, name, texts, switch_points, verbose):
    """What is wrong, lines; and whether there is more than one outcome."""
    answers = {}
    for form in FORMS:
        if form == "full" and name in TOO_LARGE_FOR_FULL and switch_points != "blocking-only":
            continue
        answer, problem = explore(write(folder, name + ".txtar", texts[form]), make_design(folder, form, switch_points))
        if answer is None or not answer.complete:
            return ["    %s: %s" % (form, problem or "not explored completely")], False
        answers[form] = answer
    if verbose:
        print("%-20s %-13s %4d outcomes, states %s" % (name, switch_points, len(answers["machine"].schedules),
              ", ".join("%s %d (%.1f s)" % (form, answer.states, answer.seconds) for form, answer in answers.items())))
    return list(differences(answers)), len(answers["machine"].schedules) > 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-v", dest="verbose", action="store_true")
    parser.add_argument("--only", metavar="PATTERN", default="")
    options = parser.parse_args()
    compared = wrong = with_choice = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, texts in programs():
            if not re.search(options.only, name):
                continue
            for switch_points in SWITCH_POINTS[:1] if name in C_PROGRAMS else SWITCH_POINTS:
                problems, has_choice = compare(folder, name, texts, switch_points, options.verbose)
                compared += 1
                with_choice += has_choice
                if problems:
                    wrong += 1
                    print("%s, switch points %s:" % (name, switch_points))
                    print("\n".join(problems))
    print("%d comparisons, %d with more than one outcome, %d differ" % (compared, with_choice, wrong))
    return 1 if wrong or with_choice == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
