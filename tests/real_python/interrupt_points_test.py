#!/usr/bin/env python3
"""Where signal handlers and finalisers really break in, the machine lets them.

A program with one statement of each kind, `step` set to another number before each, is run on the installed interpreters under a timer (signals) and with
a collection at nearly each allocation (finalisers). The number that a handler sees, and what the statement has done by then, must be one that
`lockweave outcomes` lists for a handler that may come anywhere. A machine that lets it come nowhere near that is found, too: what it lists and no run
has shown is counted.

    interrupt_points_test.py [--python 3.12]... [--seconds N] [--verbose]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

import interpreters

# Each statement with what of its effect can be seen: an expression, evaluated by the handler.
STATEMENTS = [
    ("x = A()", "x is None"),
    ("x.a = 1", "hasattr(x, 'a')"),
    ("x.b = x.a", "hasattr(x, 'b')"),
    ("l = [1, 2]", "l"),
    ("l.append(3)", "len(l or ())"),
    ("d = {'k': 1}", "d is None"),
    ("d['k'] += 1", "d and d.get('k')"),
    ("del d['k']", "d and d.get('k')"),
    ("m = x.method", "m is None"),
    ("y = m(4)", "y"),
    ("with lock: z = 5", "(z, lock.locked())"),
    ("for i in l: z = i", "z"),
    ("s = '%s %r' % (z, l)", "s is None"),
    ("s = f'{z!r}'", "s"),
    ("t = (x, l)", "t is None"),
    ("u = l[1:]", "u"),
    ("v = [e + 1 for e in l]", "v"),
    ("try: d['no']\nexcept KeyError: w = 6", "w"),
    ("w = x is y", "w"),
    ("try: d['no']\nexcept KeyError as error: w = 7", "w"),
    ("with quiet: d['no']", "w"),
    ("w = 8", "w"),
    ("f = lambda: z", "f is None"),
]

HEAD = """
import threading
import time

import lockweave


class A:
    def method(self, n):
        self.n = n
        return n


class Quiet:
    def __enter__(self):
        pass

    def __exit__(self, kind, value, traceback):
        return True


def attempt():
    global seen, shown
    if not seen:
        seen = True
        shown = step, shows[step]() if step >= 0 else None


step = -1
seen = False
shown = None
x = l = d = m = y = z = s = t = u = v = w = f = None
lock = threading.Lock()
quiet = Quiet()
shows = [%s]
""" % ", ".join("lambda: (%s)" % expression for _, expression in STATEMENTS)


def program(kind):
    body = ""
    for number, (statement, _) in enumerate(STATEMENTS):
        body += "step = %d\n%s\n" % (number, statement)
    return "%s\nlockweave.interrupt(threading.main_thread(), attempt, kind=%r)\n%sstep = -1\nprint(shown)\n" % (HEAD, kind, body)


# Runs the program again and again; what it would print goes into a set. The statements are compiled once, and the interrupt is this driver's.
DRIVER = """
import gc, signal, sys, threading, time, types
kind, seconds, text = sys.argv[1], float(sys.argv[2]), sys.argv[3]
code = compile(text, 'main.py', 'exec')
found = {}
space = {}
lines = []
stand_in = types.ModuleType('lockweave')
sys.modules['lockweave'] = stand_in

class Cycle:
    def __init__(self):
        self.itself = self
    def __del__(self):
        if armed[0]:
            armed[0] -= 1
            if armed[0] == 0:
                space['attempt']()
            else:
                Cycle()

armed = [0]
def handler(number, frame):
    if 'attempt' in space and space.get('armed'):
        space['attempt']()

def interrupt(thread, function, kind):
    space['armed'] = True
    if kind == 'signal':
        signal.setitimer(signal.ITIMER_REAL, delay)
    else:
        armed[0] = wait
        Cycle()
        gc.enable()

stand_in.interrupt = interrupt
signal.signal(signal.SIGALRM, handler)
gc.disable()
gc.set_threshold(1, 1000000, 1000000)
end = time.time() + seconds
delay, wait, runs = 1e-6, 1, 0
keep = []
while time.time() < end:
    runs += 1
    delay = 1e-6 + (runs * 7 % 97) * 4e-7
    wait = 1 + runs % 83
    keep.append([[] for _ in range(runs % 5)])
    space = {'__name__': '__main__', 'print': lambda shown: lines.append(repr(shown))}
    exec(code, space)
    signal.setitimer(signal.ITIMER_REAL, 0)
    armed[0] = 0
    gc.disable()
for line in lines:
    found[line] = found.get(line, 0) + 1
for line in sorted(found):
    print(line)
"""


def seen_on(python, kind, seconds):
    done = subprocess.run([python, "-I", "-c", DRIVER, kind, str(seconds), program(kind)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds * 20 + 60)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode()[-2000:])
    return set(done.stdout.decode().splitlines())


def predicted_by(binary, version, kind):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "points.txtar")
        report = os.path.join(folder, "report.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write("-- scenario.toml --\ntitle = \"Points\"\n-- main.py --\n" + program(kind))
        done = subprocess.run([binary, "outcomes", path, "--design", "cpython-" + version, "--json", report], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
        if done.returncode != 0:
            raise RuntimeError(done.stdout.decode()[-1000:] + done.stderr.decode()[-2000:])
        with open(report, encoding="utf-8") as file:
            return {outcome["threads"][0]["stdout"].strip() for outcome in json.load(file)["outcomes"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", action="append")
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    found = interpreters.require_interpreters()
    binary = interpreters.require_binary()
    problems = []
    for version in sorted(found, key=interpreters.version_key):
        if options.python and version not in options.python:
            continue
        for kind in ("signal", "finalizer"):
            predicted = predicted_by(binary, version, kind)
            seen = seen_on(found[version], kind, options.seconds)
            print("%s %s: %d places seen, %d predicted" % (version, kind, len(seen), len(predicted)))
            for line in sorted(seen - predicted):
                problems.append("%s %s: seen and not predicted: %s" % (version, kind, line))
            if options.verbose:
                for line in sorted(predicted - seen):
                    print("    not seen: " + line)
            # Far less would mean that the program is not broken into at all. Few objects are not taken from lists of free ones.
            if len(seen) < (9 if kind == "signal" else 4):
                problems.append("%s %s: only %d of %d places seen" % (version, kind, len(seen), len(predicted)))
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
