"""Programs with extension modules, run by a real Python, where each NAME.native.py is a copy of one library compiled from C, and by the machine."""

import json
import os
import shutil
import subprocess
import tempfile

import interpreters
import txtar

HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIX = ".native.py"


def compiled(python, source, folder):
    """The path of the library, or None without a compiler or without that interpreter's header files."""
    compiler = shutil.which("cc")
    headers = subprocess.run([python, "-I", "-c", "import sysconfig; print(sysconfig.get_paths()['include'])"], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    if compiler is None or not os.path.exists(os.path.join(headers, "Python.h")):
        return None
    library = os.path.join(folder, source[:-len(".c")] + ".so")
    subprocess.run([compiler, "-w", "-shared", "-fPIC", "-I" + headers, os.path.join(HERE, source), "-o", library], check=True)
    return library


def unpack(program, library, folder):
    """Each extension module gets a copy of its own: a variable of C is there once a file."""
    with open(program) as file:
        files = txtar.parse(file.read())[1]
    for name, text in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if name.endswith(SUFFIX):
            shutil.copy(library, path[:-len(SUFFIX)] + ".so")
        else:
            with open(path, "w") as file:
                file.write(text)


def printed_by_machine(program, version, settings, options=()):
    """`settings`: lines of scenario.toml. What the only outcome prints, or why there is not one."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, os.path.basename(program))
        with open(program) as file, open(path, "w") as copy:
            copy.write(file.read() + "-- scenario.toml --\n" + settings)
        done = subprocess.run([interpreters.require_binary(), "outcomes", path, "--design", "cpython-" + version, "--json", "-", "--progress", "never"] + list(options),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
        reports = [json.loads(line) for line in done.stdout.decode().splitlines() if line.startswith("{")]
        if len(reports) != 1 or not reports[0]["complete"] or len(reports[0]["outcomes"]) != 1:
            return "not one outcome: %s" % (done.stderr.decode(errors="replace") or done.stdout.decode())
        return reports[0]["outcomes"][0]["stdout"]
