"""Every scenario is an ordinary Python program: it runs on each interpreter that is installed.

A scenario that needs no lockweave function is unpacked and run once with `python3 main.py` on each interpreter found
(python3.N on the PATH, and pyenv's). One run shows one interleaving, so little can be asked of it:

- it ends, and not by a signal, unless the scenario expects a deadlock, a livelock or a lock that is never released for that version;
- a traceback is printed only if it expects an exception or an assertion, or a hang that was ended here.

Run it directly or through ctest. Arguments name the scenarios to run (all without any).
"""

import concurrent.futures
import fnmatch
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

import interpreters
import txtar

SCENARIOS = pathlib.Path(interpreters.project_root(), 'specs', 'scenarios')
SECONDS = 1.5       # for a program that may hang; the others get more, machines can be busy
PATIENCE = 30


def expectations(toml):
    """[expect] of a scenario.toml: glob -> set of words. Its values are written as JSON would write them."""
    found, inside = {}, False
    for line in toml.splitlines():
        if line.startswith('['):
            inside = line.strip() == '[expect]'
        entry = re.fullmatch(r'("[^"]*") = ("[^"]*"|\[[^]]*\])(?: *#.*)?', line)
        if inside and entry:
            words = json.loads(entry.group(2))
            words = [words] if isinstance(words, str) else words
            found[json.loads(entry.group(1))] = set(words) - {'pass'}
    return found


def expected(globs, design):
    matching = [glob for glob in globs if fnmatch.fnmatchcase(design, glob)]
    matching.sort(key=lambda glob: len(glob.replace('*', '')))
    return globs[matching[-1]] if matching else set()


def run(python, folder, words):
    """None, or what is wrong with this run."""
    may_hang = bool(words & {'deadlock', 'livelock', 'lock-leak'})
    process = subprocess.Popen([python, '-B', '-E', '-s', 'main.py'], cwd=folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, universal_newlines=True, start_new_session=True)
    try:
        errors = process.communicate(timeout=SECONDS if may_hang else PATIENCE)[1]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its children, too
        process.communicate()
        return None if may_hang else 'did not end'
    if process.returncode < 0:
        return 'ended by signal %d' % -process.returncode
    if 'Exception ignored' in errors:
        errors = errors.replace('Traceback', '')    # from a __del__ or a callback: not the program's failure
    in_file = 'SyntaxError' in errors and 'File "<string>"' not in errors  # a mistake of the scenario's, not a text that it has read half
    if in_file or ('Traceback' in errors and not words & {'exception', 'assertion'}):
        return errors
    return None


def main(names):
    pythons = interpreters.installed()
    if not pythons:
        print('no Python from 3.6 on is installed: nothing to do')
        return 77
    work, checked = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
            for path in sorted(SCENARIOS.rglob('*.txtar')):
                name = str(path.relative_to(SCENARIOS))[:-len('.txtar')]
                files = txtar.read(str(path))[1]
                if (names and name not in names) or any(re.search(r'^import (lockweave|capi)', text, re.MULTILINE) for text in files.values()):
                    continue
                globs = expectations(files.get('scenario.toml', ''))
                for version, python in pythons.items():
                    folder = pathlib.Path(scratch, version, name)  # of its own: programs may change their files
                    folder.mkdir(parents=True, exist_ok=True)
                    txtar.unpack(files, str(folder))
                    words = expected(globs, 'cpython-' + version)
                    work.append((name, version, pool.submit(run, python, str(folder), words)))
            failures = [(name, version, job.result()) for name, version, job in work if job.result()]
    for name, version, why in failures:
        print('%s on %s: %s' % (name, version, why))
    print('%d runs on %s, %d wrong' % (len(work), ' '.join(pythons), len(failures)))
    return 1 if failures or not work else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
