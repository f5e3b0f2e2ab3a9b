"""Threads that a fork, or the end of the interpreter, leaves behind: the installed interpreters against the machine.

    left_behind_test.py [--reference-only] [NAME ...]

Each program runs once on each interpreter; it waits a moment where other threads are to come to a certain place, so that the run has one end. A run
that hangs must be a deadlock of the machine's; what a run prints must be printed by an outcome. `hangs` says of each program on which versions
it does: so the test fails, too, if an interpreter is another one than was thought.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile

import interpreters

SECONDS = 2
ALL = tuple(range(6, 14))
BODY_FOR_EVER = 'import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n'
IMPORTER = ('import atexit, os, sys, threading, time\n'
            'def work():\n    import server\n'
            'threading.Thread(target=work, daemon=True).start()\ntime.sleep(0.2)\n')

# name -> (main.py, other files, the minor versions on which it hangs)
PROGRAMS = {
    'fork, and the child imports what another thread imports': (
        IMPORTER + 'pid = os.fork()\nif pid == 0:\n    import server\n    os._exit(0)\nos.waitpid(pid, 0)\nos._exit(0)\n', {'server.py': BODY_FOR_EVER}, ALL),
    'fork, and the child imports something else': (
        IMPORTER + 'pid = os.fork()\nif pid == 0:\n    import other\n    os._exit(0)\nos.waitpid(pid, 0)\nprint("through", flush=True)\nos._exit(0)\n',
        {'server.py': BODY_FOR_EVER, 'other.py': ''}, ()),
    'what threading says in the child': (
        'import os, threading, time\n'
        'def work():\n    time.sleep(0.5)\n'
        'thread = threading.Thread(target=work)\nthread.start()\n'
        'pid = os.fork()\n'
        'if pid == 0:\n'
        '    thread.join()\n'
        '    print(thread.is_alive(), threading.active_count(), threading.main_thread() is threading.current_thread(), threading.current_thread().name, flush=True)\n'
        '    os._exit(0)\n'
        'os.waitpid(pid, 0)\nthread.join()\n', {}, ()),
    'a thread that is not main forks, and its daemons go on': (
        'import os, threading, time\n'
        'def late():\n    time.sleep(0.1)\n    print("late", flush=True)\n'
        'def work():\n'
        '    pid = os.fork()\n'
        '    if pid == 0:\n'
        '        print(threading.main_thread() is threading.current_thread(), flush=True)\n'
        '        threading.Thread(target=late, daemon=True).start()\n'
        '        return\n'
        '    os.waitpid(pid, 0)\n'
        'thread = threading.Thread(target=work)\nthread.start()\nthread.join()\n', {}, ()),
    'hooks': (
        'import os\n'
        'def say(text):\n    return lambda: print(text, flush=True)\n'
        'def bad():\n    raise KeyError\n'
        'if hasattr(os, "register_at_fork"):\n'
        '    for n in "12":\n'
        '        os.register_at_fork(before=say("before " + n), after_in_child=say("child " + n))\n'
        '    os.register_at_fork(before=bad)\n'
        '    for arguments in ({}, {"before": 3}):\n'
        '        try:\n            os.register_at_fork(**arguments)\n'
        '        except TypeError as error:\n            print(error, flush=True)\n'
        'pid = os.fork()\n'
        'if pid == 0:\n    os._exit(0)\n'
        'os.waitpid(pid, 0)\nos._exit(0)\n', {}, ()),
    'how children end': (
        'import os, sys\n'
        'for way in range(2):\n'
        '    pid = os.fork()\n'
        '    if pid == 0:\n'
        '        if way == 0:\n            sys.exit(3)\n'
        '        os._exit(4)\n'
        '    child, status = os.waitpid(pid, 0)\n'
        '    print(child == pid, os.WIFEXITED(status), os.WEXITSTATUS(status), flush=True)\n'
        'try:\n    os.wait()\n'
        'except ChildProcessError as error:\n    print(error, flush=True)\n', {}, ()),
    'atexit imports what a daemon imports': (
        IMPORTER + 'def at_exit():\n    import server\natexit.register(at_exit)\n', {'server.py': BODY_FOR_EVER}, ALL),
    '__del__ imports what a daemon imports': (
        'import holder\n' + IMPORTER,
        {'server.py': BODY_FOR_EVER, 'holder.py': 'class Holder:\n    def __del__(self):\n        import server\nheld = Holder()\n'}, ALL[2:]),
    'a thread is started when main has ended': (
        'import threading, time\n'
        'def work():\n'
        '    time.sleep(0.2)\n'
        '    try:\n'
        '        thread = threading.Thread(target=print, args=("started",), kwargs={"flush": True})\n'
        '        thread.start()\n'
        '        thread.join()\n'
        '    except RuntimeError as error:\n'
        '        print(error, flush=True)\n'
        'threading.Thread(target=work).start()\n', {}, ()),
    'atexit starts a thread and forks': (
        'import atexit, os, threading\n'
        'def at_exit():\n'
        '    try:\n'
        '        thread = threading.Thread(target=print, args=("started",), kwargs={"flush": True})\n'
        '        thread.start()\n'
        '        thread.join()\n'
        '    except RuntimeError as error:\n'
        '        print(error, flush=True)\n'
        '    try:\n'
        '        if os.fork() == 0:\n            os._exit(0)\n'
        '        print("forked", flush=True)\n'
        '    except RuntimeError as error:\n'
        '        print(error, flush=True)\n'
        'atexit.register(at_exit)\n', {}, ()),
    'threading._register_atexit': (
        'import threading\n'
        'def late():\n'
        '    try:\n        threading._register_atexit(print)\n'
        '    except RuntimeError as error:\n        print(error, flush=True)\n'
        'if hasattr(threading, "_register_atexit"):\n'
        '    threading._register_atexit(print, "second", flush=True)\n'
        '    threading._register_atexit(late)\n', {}, ()),
    '__del__ starts a thread': (
        'import threading\n'
        'class Holder:\n'
        '    def __del__(self):\n'
        '        try:\n            threading.Thread(target=print).start()\n'
        '        except RuntimeError as error:\n            print(error, flush=True)\n'
        'held = Holder()\n'
        'threading.Thread(target=threading.Event().wait, daemon=True).start()\n', {}, (8, 9, 10, 11)),
}
# To 3.7 a thread that is started so late gets the GIL once, which the machine refuses to say anything of.
NOT_MODELLED = {('__del__ starts a thread', 6), ('__del__ starts a thread', 7)}


def run(python, folder):
    """What it prints; None: it hangs."""
    process = subprocess.Popen([python, '-B', '-E', '-s', '-W', 'ignore', 'main.py'], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, universal_newlines=True, start_new_session=True)
    try:
        return process.communicate(timeout=SECONDS)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None


def explore(folder, version):
    """(is there a deadlock, what is printed in each outcome)"""
    binary = os.environ.get('LOCKWEAVE_BINARY') or os.path.join(interpreters.project_root(), 'build', 'lockweave')

    def ask(*arguments):
        command = [binary] + list(arguments) + ['--json', '-']
        answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        if answer.returncode not in (0, 1):
            raise SystemExit('%s\n%s' % (' '.join(command), answer.stderr + answer.stdout))
        report = json.loads(answer.stdout)
        if not report['complete']:
            raise SystemExit('%s: not complete' % ' '.join(command))
        return report

    found = ask('check', folder, '--design', 'cpython-' + version, '--keep-going')['violations']
    outcomes = ask('outcomes', folder, '--design', 'cpython-' + version)['outcomes']
    return any(one['property'] == 'deadlock' for one in found), [outcome['stdout'] for outcome in outcomes]


def is_printed(printed, outcomes):
    """The processes of a program print one after the other: parent and child have an outcome each."""
    lines = set(printed.splitlines())
    told = [set(outcome.splitlines()) for outcome in outcomes]
    return all(any(line in one for one in told) for line in lines)


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--reference-only', action='store_true')
    options.add_argument('names', nargs='*')
    chosen = options.parse_args()
    pythons = interpreters.installed()
    if not pythons:
        return interpreters.SKIPPED
    wrong, compared = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        for name, (text, others, hangs) in PROGRAMS.items():
            if chosen.names and name not in chosen.names:
                continue
            folder = os.path.join(scratch, str(len(os.listdir(scratch))))
            os.mkdir(folder)
            for file, content in dict(others, **{'main.py': text}).items():
                with open(os.path.join(folder, file), 'w') as out:
                    out.write(content)
            for version, python in pythons.items():
                minor = int(version.split('.')[1])
                printed = run(python, folder)
                if (printed is None) != (minor in hangs):
                    wrong.append('%s, %s: %s' % (name, version, 'hangs' if printed is None else 'does not hang: %r' % printed))
                if chosen.reference_only or (name, minor) in NOT_MODELLED:
                    continue
                compared += 1
                deadlocks, outcomes = explore(folder, version)
                if printed is None and not deadlocks:
                    wrong.append('%s, %s: hangs, and the machine finds no deadlock' % (name, version))
                if printed is not None and not is_printed(printed, outcomes):
                    wrong.append('%s, %s: prints %r, which is in none of the outcomes %r' % (name, version, printed, outcomes))
    print('\n'.join(wrong) or '%d runs compared' % compared)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
