#!/usr/bin/env python3
"""Bad input: one clear message, the right exit status, no crash, no hang.

Each case is a command line over a file of this folder (or one generated here, where it is
too large or too odd for a repository). What is asked of every one of them:

- it ends by itself within ten seconds, not by a signal, and not with 70 (a mistake of ours);
- exit status 2, and on stderr exactly one `error:`, or the status that the case names;
- where the case names a place: `file:line:column`, the line's text and a caret below it.

    bad_input_test.py [--only PATTERN] [--list] [--reference-only]

--reference-only looks at the cases themselves: that each text of syntax/ is a SyntaxError on
the installed interpreters, at which lines.
"""

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "real_python"))
import interpreters  # noqa: E402

PATIENCE = int(os.environ.get("LOCKWEAVE_TEST_PATIENCE", "1"))  # how much slower than usual the tool may be: built with sanitizers
SECONDS = 60 * PATIENCE
TEXTBOOK = ["--design", "textbook"]
SMALL = "-- main.py --\nimport m\n-- m.py --\nx = 1\n"
FAILING = ("-- main.py --\nimport threading\ndef f():\n    import m\n"
           "t = threading.Thread(target=f)\nt.start()\nt.join()\nraise ValueError('always')\n"
           "-- m.py --\nx = 1\n")
OTHER = "-- main.py --\nimport other\n-- other.py --\ny = 2\n"


class Case:
    """A command line and what must come of it. place: (regex of the file's name, set of lines)."""

    def __init__(self, name, arguments, statuses=(2,), says="", place=None):
        self.name = name
        self.arguments = arguments
        self.statuses = statuses
        self.says = says
        self.place = place


def here(*parts):
    return os.path.join(HERE, *parts)


def files(folder):
    return sorted(name for name in os.listdir(here(folder)) if not name.startswith("."))


def stem(name):
    return name.rsplit(".", 1)[0]


class Workshop:
    """Writes what cannot lie in the repository."""

    def __init__(self, folder):
        self.folder = folder

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def scenario(self, name, main):
        """A folder with this main.py."""
        return os.path.dirname(self.file(name + "/main.py", main))


# --- the command line --------------------------------------------------------------------

def usage_cases(workshop):
    good = workshop.file("good.txtar", SMALL)
    yield Case("usage/no_command", [])
    yield Case("usage/unknown_command", ["chek", good], says="check")
    yield Case("usage/unknown_option", ["check", good, "--keep-goin"])
    yield Case("usage/unknown_short_option", ["check", good, "-Q"])
    yield Case("usage/no_scenario", ["check"])
    yield Case("usage/missing_scenario", ["check", workshop.folder + "/nowhere.txtar"] + TEXTBOOK, says="nowhere.txtar")
    yield Case("usage/one_of_two_missing", ["check", good, workshop.folder + "/nowhere.txtar"] + TEXTBOOK)
    yield Case("usage/unknown_design", ["check", good, "--design", "textbok"], says="textbook")
    yield Case("usage/unknown_cpython", ["check", good, "--design", "cpython-2.7"], says="cpython-2.7")
    yield Case("usage/glob_without_match", ["check", good, "--design", "jython-*"])
    yield Case("usage/empty_design", ["check", good, "--design", ""])
    yield Case("usage/design_without_value", ["check", good, "--design"])
    yield Case("usage/unknown_python", ["check", good, "--python", "9.9"], says="9.9")
    yield Case("usage/python_not_there", ["check", good, "--python", "/nonexistent/python3"], says="/nonexistent/python3")
    yield Case("usage/python_no_interpreter", ["check", good, "--python", good])
    yield Case("usage/unknown_strategy", ["check", good, "--strategy", "exhaustiv"] + TEXTBOOK, says="exhaustive")
    yield Case("usage/unknown_format", ["check", good, "--format", "xml"] + TEXTBOOK)
    yield Case("usage/unknown_fairness", ["check", good, "--fairness", "medium"] + TEXTBOOK)
    yield Case("usage/preemptions_no_number", ["check", good, "--preemptions", "few"] + TEXTBOOK)
    yield Case("usage/preemptions_negative", ["check", good, "--preemptions", "-1"] + TEXTBOOK)
    yield Case("usage/jobs_zero", ["check", good, "--jobs", "0"] + TEXTBOOK)
    yield Case("usage/states_no_number", ["check", good, "--max-states", "many"] + TEXTBOOK)
    yield Case("usage/states_too_large", ["check", good, "--max-states", "9" * 40] + TEXTBOOK)
    yield Case("usage/memory_no_size", ["check", good, "--max-memory", "12parrots"] + TEXTBOOK)
    yield Case("usage/time_no_duration", ["check", good, "--max-time", "soon"] + TEXTBOOK)
    yield Case("usage/time_negative", ["check", good, "--max-time", "-5s"] + TEXTBOOK)
    yield Case("usage/seed_no_number", ["check", good, "--seed", "lucky"] + TEXTBOOK)
    yield Case("usage/json_not_writable", ["check", good, "--json", "/nonexistent/folder/out.json"] + TEXTBOOK)
    yield Case("usage/matrix_without_scenario", ["matrix"])
    yield Case("usage/outcomes_without_scenario", ["outcomes"])
    yield Case("usage/replay_nothing", ["replay"])


# --- scenarios ---------------------------------------------------------------------------

def scenario_cases(workshop):
    for name in files("archives"):
        place = None
        if name in ("duplicate_name.txtar", "absolute_path.txtar", "parent_path.txtar", "hidden_parent_path.txtar"):
            place = (re.escape(name), None)
        yield Case("archives/" + stem(name), ["check", here("archives", name)] + TEXTBOOK, place=place)
    yield Case("folders/no_main", ["check", here("folders", "no_main")] + TEXTBOOK, says="main.py")
    empty = os.path.join(workshop.folder, "empty_folder")
    os.makedirs(empty)
    yield Case("folders/empty", ["check", empty] + TEXTBOOK)
    os.makedirs(os.path.join(workshop.folder, "folder.txtar"))
    yield Case("folders/named_txtar", ["check", os.path.join(workshop.folder, "folder.txtar")] + TEXTBOOK)
    yield Case("folders/main_is_a_folder", ["check", os.path.dirname(os.path.dirname(
        workshop.file("main_folder/main.py/x.py", "")))] + TEXTBOOK)
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        secret = workshop.file("secret.txtar", SMALL)
        os.chmod(secret, 0)
        yield Case("folders/unreadable", ["check", secret] + TEXTBOOK, says="secret.txtar")


def toml_cases():
    has_place = {"broken", "not_toml", "duplicate_key"}
    for name in files("toml"):
        place = (r"(scenario\.toml|%s)" % re.escape(name), None) if stem(name) in has_place else None
        yield Case("toml/" + stem(name), ["check", here("toml", name)] + TEXTBOOK, place=place)


def lines_of_python(text):
    """Where the installed interpreters see the syntax error; None stands for 'it is none'."""
    program = ("import sys\n"
               "try: compile(sys.stdin.buffer.read(), 'main.py', 'exec'); print('none')\n"
               "except SyntaxError as e: print(e.lineno)\n"
               "except ValueError as e: print('value')\n")
    lines = set()
    for python in interpreters.installed(["3.12"] if "3.12" in ALL_PYTHONS else None).values():
        process = subprocess.run([python, "-W", "ignore", "-c", program], input=text, stdout=subprocess.PIPE)
        answer = process.stdout.decode().strip()
        lines.add(int(answer) if answer.isdigit() else None)
    return lines


ALL_PYTHONS = interpreters.installed()


def syntax_cases(workshop):
    design = ["--design", "cpython-3.12"] if "3.12" in ALL_PYTHONS else TEXTBOOK
    for name in files("syntax"):
        if name.endswith(".txtar"):
            yield Case("syntax/" + stem(name), ["check", here("syntax", name)] + design, place=(r"m\.py", {2}))
            continue
        with open(here("syntax", name), "rb") as file:
            text = file.read()
        lines = {line for line in lines_of_python(text) if line}
        folder = workshop.scenario("syntax_" + stem(name), text)
        yield Case("syntax/" + stem(name), ["check", folder] + design, place=(r"main\.py", lines or None))


def unsupported_cases(workshop):
    """Outside the subset; said before exploring or while running, in any case with the place."""
    for name in files("unsupported"):
        with open(here("unsupported", name), "rb") as file:
            folder = workshop.scenario("unsupported_" + stem(name), file.read())
        yield Case("unsupported/" + stem(name), ["check", folder] + TEXTBOOK, place=(r"main\.py", None))


def found_by_python_cases(workshop):
    """Errors of the program, not of the input: Python has an exception for them."""
    missing = workshop.file("missing_module.txtar", "-- main.py --\nimport surely_not_there\n")
    yield Case("python/missing_module", ["check", missing] + TEXTBOOK, (1,), says="ModuleNotFoundError")
    name = workshop.file("missing_name.txtar", "-- main.py --\nprint(never_defined)\n")
    yield Case("python/missing_name", ["check", name] + TEXTBOOK, (1,), says="NameError")
    deep = workshop.file("recursion.txtar", "-- main.py --\ndef f():\n    f()\nf()\n")
    yield Case("python/recursion", ["check", deep] + TEXTBOOK, (1,), says="RecursionError")


# --- programs without end, and hostile ones ----------------------------------------------

# These meet something else than the budget: the same state again, and limits of the machine.
OTHER_ENDS = {
    "imports_for_ever.py": ((1,), "livelock"),
    "number_grows.py": ((2,), "more than a million bits"),
    "text_grows.py": ((2,), "more than 4 million items"),
    "threads_for_ever.py": ((2,), "three deep"),
}


def unbounded_cases(workshop):
    for name in files("unbounded"):
        with open(here("unbounded", name), "rb") as file:
            folder = workshop.scenario("unbounded_" + stem(name), file.read())
        statuses, says = OTHER_ENDS.get(name, ((3,), ""))
        time = "%ds" % (SECONDS // 2) if name in OTHER_ENDS else "3s"  # a busy machine must not spend it before the other end is met
        yield Case("unbounded/" + stem(name), ["check", folder, "--max-time", time, "--max-memory", "%dM" % (300 * PATIENCE)] + TEXTBOOK, statuses, says=says)
    counts = os.path.join(workshop.folder, "unbounded_counts_for_ever")
    yield Case("unbounded/by_states", ["check", counts, "--max-states", "200", "--max-time", "8s"] + TEXTBOOK, (3,))
    yield Case("unbounded/by_memory", ["check", counts, "--max-memory", "40M", "--max-time", "8s"] + TEXTBOOK, (3,))


def hostile_cases(workshop):
    """Whatever they come to, it is an end: no crash, no hang, no mistake of ours."""
    for name in files("hostile"):
        with open(here("hostile", name), "rb") as file:
            folder = workshop.scenario("hostile_" + stem(name), file.read())
        yield Case("hostile/" + stem(name),
                   ["check", folder, "--max-time", "3s", "--max-memory", "500M"] + TEXTBOOK, (0, 1, 2, 3))


def deep_texts():
    n = 20000
    yield "parentheses", "x = " + "(" * n + "1" + ")" * n + "\n"
    yield "brackets", "x = " + "[" * n + "]" * n + "\n"
    yield "unclosed_brackets", "x = " + "[" * n + "\n"
    yield "dictionaries", "x = " + "{1: " * n + "1" + "}" * n + "\n"
    yield "sum", "x = " + "1 + " * n + "1\n"
    yield "powers", "x = " + "1 ** " * n + "1\n"
    yield "nots", "x = " + "not " * n + "1\n"
    yield "minuses", "x = " + "-" * n + "1\n"
    yield "attributes", "x = 1\nx" + ".real" * n + "\n"
    yield "calls", "f = lambda: f\nf" + "()" * n + "\n"
    yield "subscripts", "x = [0]\nx" + "[0]" * n + "\n"
    yield "lambdas", "x = " + "lambda: " * n + "1\n"
    yield "conditionals", "x = " + "1 if 1 else " * n + "1\n"
    yield "comparisons", "x = " + "1 < " * n + "1\n"
    yield "ands", "x = " + "1 and " * n + "1\n"
    yield "fstrings", "x = " + "f'{" * 200 + "1" + "}'" * 200 + "\n"
    yield "indentation", "".join(" " * i + "if 1:\n" for i in range(2000)) + " " * 2000 + "pass\n"
    yield "functions", "".join(" " * i + "def f():\n" for i in range(90)) + " " * 90 + "pass\n"
    yield "elifs", "x = 1\nif x == 0: pass\n" + "elif x == 2: pass\n" * n
    yield "tries", "".join(" " * i + "try:\n" for i in range(90)) + " " * 90 + "pass\n"
    yield "comprehensions", "x = " + "[" * 500 + "1" + " for i in [1]]" * 500 + "\n"
    yield "targets", "(" * n + "x" + ",)" * n + " = 1\n"
    yield "decorators", "@f\n" * n + "def f(): pass\n"
    yield "arguments", "def f(*a): return len(a)\nf(" + "1, " * n + ")\n"
    yield "parameters", "def f(" + ", ".join("p%d" % i for i in range(n)) + "): pass\n"
    yield "names", "x = " + "a" * 1000000 + " = 1\n"
    yield "number", "x = " + "9" * 100000 + "\n"
    yield "string", "x = '" + "y" * 3000000 + "'\n"
    yield "lines", "x = 1\n" * 300000
    yield "constants", "x = [" + ", ".join(str(i) for i in range(100000)) + "]\n"


def deep_cases(workshop):
    for name, text in deep_texts():
        folder = workshop.scenario("deep_" + name, text)
        yield Case("deep/" + name, ["check", folder, "--max-time", "5s"] + TEXTBOOK, (0, 1, 2, 3))


# --- designs -----------------------------------------------------------------------------

def design_cases(workshop):
    good = workshop.file("good.txtar", SMALL)
    for name in files("designs"):
        place = None
        if name == "broken_toml":
            place = (r"design\.toml", {1})
        says = ""
        if name == "gil_per_interpreter":
            place = (r"design\.toml", {3})
        elif name.startswith("gil_"):
            place = (r"design\.toml", {4})
            says = 'and so needs switch_points = "free-threaded"'
        if name == "switch_points_free_threaded":
            place = (r"design\.toml", {4})
            says = 'and "eager" does not'
        if name == "importlib_syntax_error":
            place = (r"importlib\.py", None)
        yield Case("designs/" + name, ["check", good, "--design", here("designs", name)], says=says, place=place)
    yield Case("designs/a_file", ["check", good, "--design", good])
    for name in files("importlib"):
        place = (r"syntax_error\.py", {4}) if name == "syntax_error.py" else None
        yield Case("bootstrap/" + stem(name), ["check", good, "--bootstrap", here("importlib", name)], place=place)
    yield Case("bootstrap/missing", ["check", good, "--bootstrap", here("importlib", "nowhere.py")], says="nowhere.py")
    yield Case("bootstrap/a_folder", ["check", good, "--bootstrap", here("importlib")])


# --- forks and ends ----------------------------------------------------------------------

FORKS = "-- main.py --\nimport os\nif os.fork() == 0:\n    os._exit(0)\n"
ENDS = "-- main.py --\nimport atexit\natexit.register(print, 'end')\n"

# What `fork` or `exit` of a design.toml says, the text that it names, the program -> statuses, what is said, lines of the text.
PROCESS_TEXTS = {
    "unknown_fork": ("fork", "3.1", None, FORKS, (2,), "did you mean '3.13'?", None),
    "unknown_exit": ("exit", "3.12.1", None, ENDS, (2,), "did you mean '3.12.0'?", None),
    "fork_not_there": ("fork", "./nowhere.py", None, FORKS, (2,), "nowhere.py: no such file", None),
    "exit_not_there": ("exit", "./nowhere.py", None, ENDS, (2,), "nowhere.py: no such file", None),
    "fork_syntax_error": ("fork", "./own.py", "x = 1\ndef f(:\n", FORKS, (2,), "invalid syntax", {2}),
    "exit_outside_the_subset": ("exit", "./own.py", "x = 1j\n", ENDS, (2,), "complex numbers", {1}),
    "fork_unknown_base": ("fork", "./own.py", "BASED_ON = '3.31'\n", FORKS, (2,), "there is no way to fork '3.31'", None),
    "fork_base_in_double_quotes": ("fork", "./own.py", 'BASED_ON = "3.31"  # none\n', FORKS, (2,), "there is no way to fork '3.31'", None),
    "fork_base_without_quotes": ("fork", "./own.py", "\nBASED_ON = repaired\n", FORKS, (2,), "BASED_ON is the name of one other way to fork in quotes", {2}),
    "fork_base_half_quoted": ("fork", "./own.py", "BASED_ON = 'repaired\"\n", FORKS, (2,), "BASED_ON is the name of one other way to fork in quotes", {1}),
    "exit_unknown_base": ("exit", "./own.py", "BASED_ON = 'eager'\n", ENDS, (2,), "there is no way to end 'eager'", None),
    "fork_no_function": ("fork", "./own.py", "PyOS_BeforeFork = None\n", FORKS, (2,), "this way to fork has no function PyOS_BeforeFork", None),
    "exit_no_function": ("exit", "./own.py", "Py_FinalizeEx = 3\n", ENDS, (2,), "this way to end has no function Py_FinalizeEx", None),
    "exit_wrong_parameters": ("exit", "./own.py", "def Py_FinalizeEx():\n    pass\n", ENDS, (2,), "Py_FinalizeEx(atexit, goes_on)", None),
    "fork_raises": ("fork", "./own.py", "x = 1 / 0\n", FORKS, (2,), "ZeroDivisionError", None),
    "fork_endless": ("fork", "./own.py", "while True:\n    pass\n", FORKS, (2,), "does not come to an end", None),
    "exit_waits": ("exit", "./own.py", "import _thread\nlock = _thread.allocate_lock()\nlock.acquire()\nlock.acquire()\n", ENDS, (2,), "waits while it is loaded", None),
    "exit_ends_at_once": ("exit", "./own.py", "_lockweave.exit_process(0)\n", ENDS, (2,), "the end of the process while a text is loaded", None),
    "fork_opens_a_file": ("fork", "./own.py", "open('/etc/passwd')\n", FORKS, (2,), "open", None),
    "fork_imports_subprocess": ("fork", "./own.py", "import subprocess\n", FORKS, (2,), "subprocess", None),
    "fork_raises_later": ("fork", "./own.py", "def PyOS_BeforeFork():\n    raise OSError('no')\n", FORKS, (1,), "OSError: no", None),
    "fork_keeps_the_lock": ("fork", "./own.py", "def PyOS_AfterFork_Child():\n    pass\n", FORKS, (0, 1), "", None),
    "fork_beside_c_code": ("fork", "3.6", None, "-- main.py --\nimport capi, os\nos.fork()\n", (2,), "os.fork in a program with C code", None),
}


def process_cases(workshop):
    for name, (key, word, text, program, statuses, says, lines) in PROCESS_TEXTS.items():
        folder = "process_" + name
        toml = 'importlib = "importlib.py"\nimport_c = "plain"\n%s = "%s"\ngil = "eager"\nswitch_points = "3.12"\n' % (key, word)
        textbook = os.path.join(os.path.dirname(os.path.dirname(HERE)), "specs", "designs", "textbook", "importlib.py")
        with open(textbook, encoding="utf-8") as file:
            workshop.file(folder + "/importlib.py", file.read())
        if text:
            workshop.file(folder + "/own.py", text)
        design = os.path.dirname(workshop.file(folder + "/design.toml", toml))
        place = (r"own\.py", lines) if lines else (r"design\.toml", {3}) if "not_there" in name or "unknown_fork" == name or "unknown_exit" == name else None
        yield Case("process/" + name, ["check", workshop.file(folder + ".txtar", program), "--design", design], statuses, says, place)


# --- GILs and C code ---------------------------------------------------------------------

TWO_THREADS = ("-- main.py --\nimport threading\nx = 0\ndef f():\n    global x\n    x = 1\n"
               "t = threading.Thread(target=f)\nt.start()\nx = 2\nt.join()\n")

# Text of gil/ -> statuses, what is said, lines of the text.
GILS = {
    "syntax_error": ((2,), "invalid syntax", {4}),
    "outside_the_subset": ((2,), "complex numbers", {4}),
    "empty": ((2,), "this GIL has no function Py_Initialize", None),
    "misses_a_function": ((2,), "this GIL has no function PyGILState_Ensure", None),
    "misses_take_gil": ((2,), "this GIL has no function take_gil", None),
    "misses_a_wait": ((2,), "this GIL has no function _blocking_join", None),
    "no_function": ((2,), "this GIL has no function handle_pending", None),
    "unknown_base": ((2,), "did you mean 'eager'?", None),
    "based_on_itself": ((2,), "there is no GIL './based_on_itself.py'", None),
    "raises": ((2,), 'raises.py", line 4', None),
    "wrong_arguments": ((2,), "take_gil() takes 0 positional arguments", None),
    "opens_a_file": ((2,), "opens_a_file.py:4:1: open is not modelled", None),
    "imports_os": ((2,), "line 4", None),
    "imports_subprocess": ((2,), "subprocess", None),
    "opens_a_file_later": ((2,), "open is not modelled", {5}),
    "waits_in_initialize": ((2,), "waits while it is loaded", None),
    "fatal_in_initialize": ((2,), "not today", None),
    "endless_while_loaded": ((2,), "does not come to an end", None),
    "endless_in_initialize": ((2,), "does not come to an end", None),
    "never_lets_anyone": ((1,), "deadlock", None),
    "lets_everyone": ((1,), "two threads run Python code at once: ", None),
    "at_once": ((2,), 'and so needs switch_points = "free-threaded"', None),
}

# Scenario of c_code/ -> what is said. `..._first`: before there is another thread.
C_CODE = {
    "unlocks_unlocked": "a mutex is unlocked by a",
    "locks_twice": "a mutex is locked twice by",
    "waits_without_mutex": "a thread waits on a",
    "uses_freed": "undefined behaviour: PyObject_GetAttrString with",
    "restores_null": "PyEval_RestoreThread: NULL tstate",
    "calls_python_without_gil": "Python code (called) is called without the GIL",
}


def gil_cases(workshop):
    two_threads = workshop.file("two_threads.txtar", TWO_THREADS)

    def design(name, gil):
        toml = 'importlib = "importlib.py"\nimport_c = "plain"\ngil = "%s"\nswitch_points = "3.12"\n' % gil
        textbook = os.path.join(os.path.dirname(os.path.dirname(HERE)), "specs", "designs", "textbook", "importlib.py")
        with open(textbook, encoding="utf-8") as file:
            workshop.file(name + "/importlib.py", file.read())
        return ["check", two_threads, "--design", os.path.dirname(workshop.file(name + "/design.toml", toml))]
    yield Case("gil/unknown_name", design("gil_unknown_name", "egaer"), says="did you mean 'eager'?", place=(r"design\.toml", {3}))
    yield Case("gil/text_not_there", design("gil_text_not_there", "elsewhere/gil.py"), says="elsewhere/gil.py: no such file", place=(r"design\.toml", {3}))
    for name in files("gil"):
        statuses, says, lines = GILS[stem(name)]
        with open(here("gil", name), encoding="utf-8") as file:
            workshop.file("gil_" + stem(name) + "/" + name, file.read())
        place = (re.escape(name), lines) if lines else None
        yield Case("gil/" + stem(name), design("gil_" + stem(name), "./" + name), statuses, says, place)


def asks_wrongly_cases(workshop, scenario):
    """Texts whose functions do not take what the machine hands them, or do not go on with what they were asked about."""
    textbook = os.path.join(os.path.dirname(os.path.dirname(HERE)), "specs", "designs", "textbook", "importlib.py")
    toml = 'importlib = "%s"\nimport_c = "plain"\ngil = "./gil.py"\nswitch_points = "free-threaded"\n' % textbook
    for name, text, says in (("arguments", "def call_c():\n    pass\n", "call_c() takes 0 positional arguments but 3 were given"),
                             ("answer", "def call_c(function, arguments, keywords):\n    return 1\n", "unsupported operand type"),
                             ("not_there", "def call_c(function, arguments, keywords):\n    return enter_c(function)\n", "name 'enter_c' is not defined"),
                             ("collector", "def collect_garbage(generation):\n    pass\n", "collect_garbage() missing 1 required")):
        folder = "asks_wrongly_" + name
        workshop.file(folder + "/gil.py", "BASED_ON = 'none'\n\n\n" + text)
        design = os.path.dirname(workshop.file(folder + "/design.toml", toml))
        yield Case("c_code/" + folder, ["check", scenario, "--design", design], (1,), says)


def c_code_cases(workshop):
    for name in files("c_code"):
        command = ["check", here("c_code", name), "--design", "gil-eager"]
        if stem(name) == "python_locks_a_mutex":
            yield Case("c_code/" + stem(name), command, says="Mutex.lock is for C code", place=(r"main\.py", {3}))
        elif stem(name) == "borrows_a_list":
            yield Case("c_code/" + stem(name), command, says="a borrowed reference to a list", place=(r"main\.py", {5}))
        elif stem(name) == "asks_wrongly":
            yield from asks_wrongly_cases(workshop, here("c_code", name))
        else:
            yield Case("c_code/" + stem(name), command, (1,), C_CODE[re.sub("_first$", "", stem(name))])


# Programs of several interpreters: design, text, statuses, what is said, where.
EXTENSION = "-- lib.native.py --\nimport capi\ndefinition = capi.PyModuleDef(m_name='lib', m_slots=[(capi.Py_mod_multiple_interpreters, 2)])\ndef PyInit_lib():\n    %s\n"
CREATE = "-- main.py --\nimport lockweave\nother = lockweave.Interpreter(%s)\n"
INTERPRETERS = {
    "of_c_code": ("textbook", EXTENSION % "capi.Py_NewInterpreter()" + "-- main.py --\nimport lib\n", (2,), "Py_NewInterpreter in C code", r"lib\.native\.py"),
    "without_gil": ("free-threaded", CREATE % "", (2,), "interpreters without a GIL", r"main\.py"),
    "stated_elsewhere": ("textbook", CREATE % "" + "other.exec('import lockweave; lockweave.always(bool)')\n", (2,), "in another interpreter than main's", "<string>"),
    "thread_beside_extension": ("textbook", EXTENSION % "return capi.PyModuleDef_Init(definition)" + CREATE % "" + "other.exec('import threading; threading.Thread(target=print).start()')\n",
                                (2,), "a thread that is started in an interpreter with a GIL of its own", "<string>"),
    "forks": ("textbook", CREATE % "'legacy'" + "other.exec('import os; os.fork()')\n", (2,), "os.fork in another interpreter than main's", "<string>"),
    "outside_the_subset": ("textbook", CREATE % "" + "other.exec('async def f():\\n    match 1:\\n        case 1: pass')\n", (2,), "in a text given to exec", r"main\.py"),
    "gone": ("textbook", CREATE % "" + "other.close()\nother.exec('1')\n", (1,), "RuntimeError: unrecognized interpreter ID 1", None),
    "unknown_config": ("textbook", CREATE % "'own'", (1,), "ValueError: unknown config 'own'", None),
    "not_there_yet": ("cpython-3.7", CREATE % "", (1,), "RuntimeError: this version gives Python programs no interpreters", None),
    "unshareable": ("cpython-3.12", "-- main.py --\nimport _xxsubinterpreters as i\ni.run_string(i.create(), '1', {'a': []})\n", (1,), "ValueError: [] does not support cross-interpreter data", None),
}


def interpreter_cases(workshop):
    for name, (design, text, statuses, says, place) in INTERPRETERS.items():
        scenario = workshop.file("interpreters_%s.txtar" % name, text)
        yield Case("interpreters/" + name, ["check", scenario, "--design", design], statuses, says, (place, None) if place else None)


# --- schedules and reports ---------------------------------------------------------------

def real_schedule(binary, scenario):
    process = subprocess.run([binary, "check", scenario, "--json", "-"] + TEXTBOOK,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    return json.loads(process.stdout.decode().splitlines()[0])["violations"][0]["schedule"]


def altered(schedule):
    """The schedule with one character replaced, at several places."""
    for part in range(8):
        at = part * (len(schedule) - 1) // 7
        letter = "0" if schedule[at] != "0" else "1"
        yield part, schedule[:at] + letter + schedule[at + 1:]


def schedule_cases(workshop, binary):
    failing = workshop.file("failing.txtar", FAILING)
    other = workshop.file("other.txtar", OTHER)
    changed = workshop.file("changed/failing.txtar", FAILING.replace("x = 1", "x = 2"))
    try:
        schedule = real_schedule(binary, failing)
    except (ValueError, KeyError, IndexError, subprocess.TimeoutExpired):
        yield Case("schedule/none_to_alter", ["check", failing, "--no-such-thing-this-case-must-fail"], (0,))
        return

    def replay(text, scenario=failing, design="textbook"):
        return ["replay", scenario, "--design", design, "--schedule", text]
    # Replayed as it is, it shows the violation again: `replay the same` is 0.
    yield Case("schedule/unaltered", replay(schedule), (0,))
    yield Case("schedule/empty", replay(""))
    yield Case("schedule/half", replay(schedule[:len(schedule) // 2]))
    yield Case("schedule/last_character_missing", replay(schedule[:-1]))
    yield Case("schedule/first_character_missing", replay(schedule[1:]))
    yield Case("schedule/twice", replay(schedule + schedule))
    yield Case("schedule/something_added", replay(schedule + "z"))
    yield Case("schedule/words", replay("run thread one first"))
    yield Case("schedule/bytes", replay("\x01\x02\x7f\u00e9\u20ac"))
    yield Case("schedule/long", replay("1" * 100000))
    yield Case("schedule/other_scenario", replay(schedule, other), says="scenario")
    yield Case("schedule/changed_scenario", replay(schedule, changed), says="scenario")
    yield Case("schedule/other_design", replay(schedule, design="no-lock"), says="design")
    for number, text in altered(schedule):
        yield Case("schedule/altered_%d" % number, replay(text))
    yield Case("schedule/missing_value", ["replay", failing, "--design", "textbook", "--schedule"])
    yield Case("schedule/no_schedule", ["replay", failing, "--design", "textbook"])


def report_cases():
    for name in files("reports"):
        yield Case("reports/" + stem(name), ["replay", here("reports", name)])
    yield Case("reports/missing", ["replay", here("reports", "nowhere.json")], says="nowhere.json")


# --- running and judging -----------------------------------------------------------------

def all_cases(workshop, binary):
    yield from usage_cases(workshop)
    yield from scenario_cases(workshop)
    yield from toml_cases()
    yield from syntax_cases(workshop)
    yield from unsupported_cases(workshop)
    yield from process_cases(workshop)
    yield from found_by_python_cases(workshop)
    yield from unbounded_cases(workshop)
    yield from hostile_cases(workshop)
    yield from deep_cases(workshop)
    yield from design_cases(workshop)
    yield from gil_cases(workshop)
    yield from c_code_cases(workshop)
    yield from interpreter_cases(workshop)
    if binary:
        yield from schedule_cases(workshop, binary)
    yield from report_cases()


def run(binary, case):
    """What is wrong, or ''."""
    try:
        process = subprocess.run([binary] + case.arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "did not end within %d s" % SECONDS
    except ValueError as error:
        return "cannot be started: %s" % error
    out = process.stdout.decode(errors="replace")
    err = process.stderr.decode(errors="replace")
    return judge(case, process.returncode, out, err)


def judge(case, status, out, err):
    if status < 0:
        return "ended by signal %d" % -status
    if status not in case.statuses:
        shown = (err or out).strip().splitlines()[:1]
        return "exit status %d instead of %s: %s" % (status, " or ".join(map(str, case.statuses)), shown)
    if status == 2 and case.statuses == (2,):
        count = len(re.findall(r"\berror: ", err))
        if count != 1:
            return "%d messages instead of one: %s" % (count, err.strip().splitlines()[:3])
    if len(case.statuses) == 1 and case.says not in out + err:
        return "does not say %r: %s" % (case.says, err.strip().splitlines()[:2])
    return judge_place(case.place, err) if case.place else ""


def judge_place(place, err):
    name, lines = place
    rows = err.splitlines()
    for number, row in enumerate(rows):
        found = re.search(r"(\S*%s):(\d+):(\d+): error: " % name, row)
        if not found:
            continue
        if lines and int(found.group(2)) not in lines:
            return "line %s instead of %s: %s" % (found.group(2), sorted(lines), row)
        if not any(re.match(r"^\s*(\|\s*)?\^", below) for below in rows[number + 1:number + 4]):
            return "no caret: %s" % rows[number:number + 3]
        return ""
    return "no place %s:line:column: %s" % (name, rows[:2])


def check_reference(cases):
    """Every text of syntax/ is a SyntaxError for the interpreters."""
    wrong = 0
    for case in cases:
        if case.name.startswith("syntax/") and not case.place[1]:
            print("%s: no SyntaxError on the interpreters" % case.name)
            wrong += 1
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", metavar="PATTERN")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--reference-only", action="store_true")
    options = parser.parse_args()
    binary = None if options.list or options.reference_only else interpreters.require_binary()
    folder = tempfile.mkdtemp()
    try:
        cases = [case for case in all_cases(Workshop(folder), binary)
                 if not options.only or re.search(options.only, case.name)]
        if options.list:
            for case in cases:
                print(case.name, " ".join(map(str, case.statuses)), case.place or "")
            return 0
        if options.reference_only:
            wrong = check_reference(cases)
            print("%d cases, %d wrong" % (len(cases), wrong))
            return 1 if wrong else 0
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda case: run(binary, case), cases))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    problems = [(case.name, words) for case, words in zip(cases, results) if words]
    for name, words in problems:
        print("%-40s %s" % (name, words))
    print("%d cases, %d problems" % (len(cases), len(problems)))
    return 1 if problems or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
