"""Where the installed interpreters and the lockweave binary are.

Shared by the tests of this folder. They run on any Python 3.6 or newer.
"""

import glob
import os
import re
import subprocess
import sys

MINORS = range(6, 14)
SKIPPED = 77  # how ctest is told
PATIENCE = int(os.environ.get("LOCKWEAVE_TEST_PATIENCE", "1"))  # how much slower than usual the tool may be: built with sanitizers


def project_root():
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def candidates(minor):
    """Paths that may be a python3.MINOR: pyenv's, then whatever PATH has."""
    home = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    pattern = os.path.join(home, "versions", "3.%d.*" % minor, "bin", "python3")

    def patch_level(path):
        found = re.search(r"versions/3\.\d+\.(\d+)/", path)
        return int(found.group(1)) if found else -1

    for path in sorted(glob.glob(pattern), key=patch_level, reverse=True):
        yield path
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        # pyenv's shims answer for whichever version is selected, not for this one.
        if os.path.basename(folder) != "shims":
            yield os.path.join(folder, "python3.%d" % minor)


def answers_as(path, minor):
    if not os.access(path, os.X_OK):
        return False
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([path, "-I", "-c", question], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.decode().strip() == "3.%d" % minor


def installed(only=None):
    """Version -> path of each interpreter found, oldest first. only: '3.12', or None for all."""
    found = {}
    for minor in MINORS:
        version = "3.%d" % minor
        if only and version not in only:
            continue
        for path in candidates(minor):
            if answers_as(path, minor):
                found[version] = path
                break
    return found


def require_interpreters(only=None):
    """The interpreters, or the end of this test: skipped, but failed where CI promises them."""
    found = installed(only)
    if found:
        return found
    print("skipped: no installed Python 3.6 ... 3.13 found")
    sys.exit(1 if os.environ.get("CI") == "true" else SKIPPED)


def binary():
    """The lockweave binary, or None with a message."""
    path = os.environ.get("LOCKWEAVE_BINARY") or os.path.join(project_root(), "build", "lockweave")
    if os.access(path, os.X_OK):
        return path
    return None


def require_binary():
    path = binary()
    if path is None:
        print("no lockweave binary: set LOCKWEAVE_BINARY or build into build/")
        sys.exit(1)
    return path


def version_key(version):
    return tuple(int(part) for part in version.split("."))
