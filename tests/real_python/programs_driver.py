"""Runs many programs in one process of the interpreter under test.

Reads a JSON list of {"name", "files"} from stdin, writes one JSON line a program:
{"name", "out", "exception", "message"}. Before each program its name goes to stderr, so
that whoever started this knows which one hung. Works on Python 3.6 and newer.
"""

import builtins
import io
import json
import os
import shutil
import sys
import tempfile
import types

# Imported up front so that every program finds them loaded, in the same state.
import collections, contextlib, copy, functools, gc, itertools, operator, queue, random
import string, threading, time, traceback, types, weakref, abc, enum, math, re
import importlib, importlib.abc, importlib.machinery, importlib.util

import txtar


def clean_up(before, folder):
    """Puts back what a program may have changed for the programs after it."""
    for name in list(sys.modules):
        if name not in before["modules"]:
            del sys.modules[name]
    sys.modules.update(before["modules"])
    sys.path[:] = before["path"]
    sys.meta_path[:] = before["meta_path"]
    sys.path_hooks[:] = before["path_hooks"]
    for name in [key for key in sys.path_importer_cache if key not in before["finders"]]:
        del sys.path_importer_cache[name]
    os.chdir(before["cwd"])
    vars(builtins).update(before["builtins"])
    for name in [name for name in vars(builtins) if name not in before["builtins"]]:
        delattr(builtins, name)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    sys.setrecursionlimit(before["recursion_limit"])
    importlib.invalidate_caches()


def snapshot():
    return {"modules": dict(sys.modules), "path": list(sys.path), "meta_path": list(sys.meta_path),
            "path_hooks": list(sys.path_hooks), "finders": set(sys.path_importer_cache), "cwd": os.getcwd(), "builtins": dict(vars(builtins)),
            "recursion_limit": sys.getrecursionlimit()}


def run_main(path, namespace):
    """Executes main.py; the name and message of what left it, or ('', '')."""
    try:
        with open(path, encoding="utf-8") as file:
            exec(compile(file.read(), path, "exec"), namespace)
    except SystemExit:
        return "", ""
    except BaseException as error:
        return type(error).__name__, str(error)
    return "", ""


def run(program, marking):
    folder = tempfile.mkdtemp()
    txtar.unpack(program["files"], folder)
    before = snapshot()
    main = types.ModuleType("__main__")
    main.__file__ = os.path.join(folder, "main.py")
    main.__builtins__ = builtins
    sys.modules["__main__"] = main
    sys.path[0] = folder
    os.chdir(folder)
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    marks = []
    out = MarkingOutput(main.__file__, marks) if marking else io.StringIO()
    sys.stdout = out
    try:
        exception, message = run_main(main.__file__, main.__dict__)
        text = out.getvalue()  # before the namespace is torn down
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
        text = out.getvalue()
    finally:
        clean_up(before, folder)
        shutil.rmtree(folder, ignore_errors=True)
    return {"name": program["name"], "out": text, "exception": exception, "message": message,
            "marks": marks}


class MarkingOutput(io.StringIO):
    """Notes for each line of output which line of main.py printed it (for --update)."""

    def __init__(self, path, marks):
        super().__init__()
        self.path = path
        self.marks = marks

    def write(self, text):
        frame = sys._getframe(1)
        line = frame.f_lineno if frame.f_code.co_filename == self.path else 0
        self.marks.extend([line] * text.count("\n"))
        return super().write(text)


def main():
    programs = json.loads(sys.stdin.read())
    answers = os.fdopen(os.dup(1), "w")
    for program in programs:
        sys.__stderr__.write(program["name"] + "\n")
        sys.__stderr__.flush()
        answers.write(json.dumps(run(program, "--mark" in sys.argv)) + "\n")
        answers.flush()


main()
