"""Runs one scenario many times in one process of the interpreter under test.

Reads {"files", "seconds", "seed", "runs", "changes_files"} as JSON from stdin; writes one JSON line for every
outcome not seen before in this process, and a last line {"runs": n}. After a run that leaves
something behind (a blocked thread, a daemon, a held import lock) it says so with
{"again": reason} and ends: whoever started it starts another. Python 3.6 and newer.

Only switches that a design allows may happen here, or an outcome would prove nothing. So the
pauses are at function entries (where every version can switch) of the scenario's and
importlib's code, and at the start of a thread; nothing of the program is rewritten.
"""

import _imp
import builtins
import collections, contextlib, functools, itertools, queue, types, weakref
import encodings.utf_8
import importlib, importlib.util, importlib.machinery, importlib.abc
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time

import txtar

external = sys.modules["_frozen_importlib_external"]

QUIET = 0.6     # nobody has run at all for so long: they are blocked
ENDLESS = 4.0   # somebody still runs after so long: going round
GENERATOR = 0x20 | 0x80 | 0x200

stdout_of = {}  # thread -> list of pieces; a thread that has none yet is given one


class OutputPerThread:
    def write(self, text):
        stdout_of.setdefault(threading.current_thread(), []).append(text)
        return len(text)

    def flush(self):
        pass


class NoOutput:
    def write(self, text):
        return len(text)

    def flush(self):
        pass


class Threads:
    """The threads the scenario has started, and how each ended."""

    def __init__(self, pause):
        self.started = []
        self.ends = {}
        self.pause = pause

    def watch(self, thread):
        self.started.append(thread)
        run = thread.run

        def watched_run():
            try:
                self.pause()
                run()
            except SystemExit:
                self.ends[thread] = "finished"
            except BaseException as error:
                self.ends[thread] = "exception: " + type(error).__name__
                raise  # to threading.excepthook, which the scenario may have set
            else:
                self.ends[thread] = "finished"
        thread.run = watched_run


class Pauses:
    """Random pauses, of another temper in each run."""

    def __init__(self, chance, folder):
        self.random = chance
        self.folder = folder
        self.tracing = chance.random() < 0.6
        self.probability = chance.choice((0.005, 0.02, 0.1, 0.3))
        self.longest = chance.choice((0.0, 0.0003, 0.001))
        self.at_start = chance.random() < 0.5

    def thread_start(self):
        if self.at_start:
            time.sleep(self.random.random() * self.longest)

    def trace(self, frame, event, argument):
        code = frame.f_code
        name = code.co_filename
        if (self.random.random() < self.probability and not code.co_flags & GENERATOR
                and (name.startswith("<frozen importlib") or name.startswith(self.folder))):
            time.sleep(self.random.random() * self.longest)
        return None


class Scenario:
    def __init__(self, files, folder, changes_files):
        self.folder = folder
        self.modules = sorted(self.module_name(name) for name in files
                              if name.endswith(".py") and name != "main.py")
        path = os.path.join(folder, "main.py")
        with open(path, encoding="utf-8") as file:
            self.code = compile(file.read(), path, "exec")
        self.files = files if changes_files else None
        self.before = {"modules": dict(sys.modules), "path": list(sys.path), "finders": dict(sys.path_importer_cache), "external": dict(vars(external)), "meta_path": list(sys.meta_path),
                       "path_hooks": list(sys.path_hooks), "environ": dict(os.environ),
                       "builtins": dict(vars(builtins))}

    @staticmethod
    def module_name(path):
        name = path[:-len(".py")].replace("/", ".")
        return name[:-len(".__init__")] if name.endswith(".__init__") else name

    def reset(self):
        for name in list(sys.modules):
            if name not in self.before["modules"]:
                del sys.modules[name]
        sys.modules.update(self.before["modules"])
        if self.files is not None:
            self.restore_files()
        sys.meta_path[:] = self.before["meta_path"]
        sys.path_hooks[:] = self.before["path_hooks"]
        if dict(os.environ) != self.before["environ"]:
            os.environ.clear()
            os.environ.update(self.before["environ"])
        vars(builtins).update(self.before["builtins"])
        stdout_of.clear()
        numbers = itertools.count(1).__next__
        threading._counter = numbers  # names of the threads count from 1 in each run

    def restore_files(self):
        """What a program that changes files may have left: in its folder, and in importlib's caches of it."""
        os.chdir(self.folder)
        for name in os.listdir(self.folder):
            shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)
        txtar.unpack(self.files, self.folder)
        sys.path[:] = self.before["path"]
        sys.path_importer_cache.clear()
        sys.path_importer_cache.update(self.before["finders"])
        vars(external).update(self.before["external"])
        sys.dont_write_bytecode = True

    def state_of_modules(self):
        found = {}
        for name in self.modules:
            module = sys.modules.get(name)
            if module is not None and not isinstance(module, types.ModuleType):
                found[name] = "replaced"
            elif module is not None:
                spec = getattr(module, "__spec__", None)
                partial = getattr(spec, "_initializing", False)
                found[name] = "partial" if partial else "complete"
        return found


class Run:
    """One execution: what the watchdog needs to tell how it stands."""

    def __init__(self, scenario, pauses):
        self.scenario = scenario
        self.pauses = pauses
        self.threads = Threads(pauses.thread_start)
        self.main_end = None
        self.began = time.monotonic()

    def outcome(self, hanging):
        main = threading.main_thread()
        rows = [self.row(main, "MainThread", self.main_end, hanging)]
        for thread in self.threads.started:
            rows.append(self.row(thread, thread.name, self.threads.ends.get(thread), hanging))
        return {"threads": rows, "modules": self.scenario.state_of_modules()}

    def row(self, thread, name, end, hanging):
        if end is None:
            end = "daemon" if thread.daemon and not hanging else hanging or "blocked"
        return {"name": name, "end": end, "stdout": "".join(stdout_of.get(thread, ()))}

    def execute(self):
        main = types.ModuleType("__main__")
        main.__file__ = os.path.join(self.scenario.folder, "main.py")
        main.__builtins__ = builtins
        sys.modules["__main__"] = main
        if self.pauses.tracing:
            threading.settrace(self.pauses.trace)
            sys.settrace(self.pauses.trace)
        try:
            exec(self.scenario.code, main.__dict__)
            end = "finished"
        except SystemExit:
            end = "finished"
        except BaseException as error:
            end = "exception: " + type(error).__name__
            del error
        finally:
            sys.settrace(None)
            threading.settrace(None)
        for thread in self.threads.started:
            if not thread.daemon:
                thread.join()
        self.main_end = end
        self.main = main  # not torn down before the outcome is taken


def switches(task):
    """How often a kernel thread has been switched to; it has not run if that stands still."""
    try:
        with open("/proc/self/task/%s/status" % task) as file:
            return [line for line in file if "ctxt_switches" in line]
    except OSError:
        return None


def activity(own):
    try:
        tasks = [task for task in os.listdir("/proc/self/task") if task != own]
    except OSError:
        return None
    return {task: switches(task) for task in tasks}


class Watchdog:
    """Notices that a run stands still or goes round, reports that as its outcome, and ends the process."""

    def __init__(self, answers):
        self.answers = answers
        self.run = None
        thread = threading.Thread(target=self.watch, name="watchdog", daemon=True)
        original_start(thread)

    def watch(self):
        status = os.readlink("/proc/thread-self") if os.path.exists("/proc/thread-self") else ""
        own = os.path.basename(status)
        last, since = None, time.monotonic()
        while True:
            time.sleep(0.1)
            run, now = self.run, time.monotonic()
            seen = (id(run), activity(own))
            if seen != last or run is None or seen[1] is None:
                last, since = seen, now
            if run is not None and now - since > QUIET:
                self.give_up(run, "blocked")
            if run is not None and now - run.began > ENDLESS:
                self.give_up(run, "endless")

    def give_up(self, run, end):
        self.answers.tell({"outcome": run.outcome(end)})
        self.answers.tell({"runs": self.answers.runs + 1, "again": end})
        os._exit(0)


class Answers:
    def __init__(self, file):
        self.file = file
        self.runs = 0
        self.seen = set()

    def tell(self, answer):
        self.file.write(json.dumps(answer) + "\n")
        self.file.flush()

    def outcome(self, outcome):
        self.runs += 1
        text = json.dumps(outcome, sort_keys=True)
        if text not in self.seen:
            self.seen.add(text)
            self.tell({"outcome": outcome})


original_start = threading.Thread.start


def left_behind(run):
    """Why the next run cannot have this process, or ''."""
    if any(thread.is_alive() for thread in run.threads.started):
        return "daemon"
    if _imp.lock_held():
        return "import lock held"
    return ""


def main():
    request = json.loads(sys.stdin.read())
    answers = Answers(os.fdopen(os.dup(1), "w"))
    folder = tempfile.mkdtemp()
    txtar.unpack(request["files"], folder)
    sys.dont_write_bytecode = True
    sys.path.insert(0, folder)
    sys.stdout, sys.stderr = OutputPerThread(), NoOutput()
    sys.setswitchinterval(1e-6)
    chance = random.Random(request["seed"])
    scenario = Scenario(request["files"], folder, request["changes_files"])
    watchdog = Watchdog(answers)
    current = [None]

    def start(thread):
        current[0].threads.watch(thread)
        original_start(thread)
    threading.Thread.start = start
    deadline = time.monotonic() + request["seconds"]
    reason = ""
    while not reason and time.monotonic() < deadline and answers.runs < request["runs"]:
        scenario.reset()
        run = current[0] = Run(scenario, Pauses(chance, folder))
        watchdog.run = run
        run.execute()
        watchdog.run = None
        answers.outcome(run.outcome(""))
        reason = left_behind(run)
    answers.tell({"runs": answers.runs, "again": reason})
    os._exit(0)


try:
    main()
except BaseException:
    import traceback
    sys.stderr = sys.__stderr__
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)
