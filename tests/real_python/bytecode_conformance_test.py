"""Our compiler against the real one: the same instructions, operands, jumps and lines as CPython 3.9 makes of the same files.

Compared on _bootstrap.py, threading.py and queue.py of an installed 3.9, or on the files named as arguments. What may differ, and only that:

- names: our instructions are named as in model/bytecode/opcode.def; JUMP_FORWARD and JUMP_ABSOLUTE are both Jump;
- an exception is one value on the stack, not three: one PopTop for three POP_TOP, RotTwo for ROT_FOUR, `except T as n` stores at once;
- SETUP_WITH is BeforeWith and SetupWith;
- BUILD_CONST_KEY_MAP is BuildMap, its keys loaded each before its value;
- a constant frozenset is a tuple;
- SETUP_ANNOTATIONS is `__annotations__ = {}`.

Exit status 77 (skipped) without a Python 3.9 or the program print_code (environment LOCKWEAVE_PRINT_CODE, or beside LOCKWEAVE_BINARY).
"""

import ast
import dis
import os
import re
import subprocess
import sys

import interpreters

SKIPPED = 77


def find_python39():
    return interpreters.installed(["3.9"]).get("3.9")


def find_print_code():
    named = os.environ.get("LOCKWEAVE_PRINT_CODE")
    beside = os.path.join(os.path.dirname(os.environ.get("LOCKWEAVE_BINARY", "")), "print_code")
    for path in (named, beside):
        if path and os.path.exists(path):
            return path
    return None


# --- the real compiler's code, in our words

BINARY = {"ADD": "+", "SUBTRACT": "-", "MULTIPLY": "*", "MATRIX_MULTIPLY": "@", "TRUE_DIVIDE": "/", "FLOOR_DIVIDE": "//", "MODULO": "%",
          "POWER": "**", "LSHIFT": "<<", "RSHIFT": ">>", "AND": "&", "OR": "|", "XOR": "^"}
ADJUSTED = {"JUMP_FORWARD": "Jump", "JUMP_ABSOLUTE": "Jump", "ROT_FOUR": "RotTwo", "LOAD_CLASSDEREF": "LoadClassDeref",
            "SETUP_ASYNC_WITH": "SetupWith", "BUILD_CONST_KEY_MAP": "BuildMap"}
COUNTED = {"BUILD_TUPLE", "BUILD_LIST", "BUILD_SET", "BUILD_MAP", "BUILD_STRING", "BUILD_SLICE", "LIST_APPEND", "SET_ADD", "MAP_ADD",
           "LIST_EXTEND", "SET_UPDATE", "DICT_UPDATE", "DICT_MERGE", "UNPACK_SEQUENCE", "CALL_FUNCTION", "CALL_METHOD", "CALL_FUNCTION_KW",
           "CALL_FUNCTION_EX", "MAKE_FUNCTION", "RAISE_VARARGS", "BUILD_CONST_KEY_MAP"}


def quoted(text):
    escaped = re.sub(r'[\x00-\x1f\x7f]', lambda m: "\\n" if m[0] == "\n" else "\\u%04x" % ord(m[0]), re.sub(r'(["\\])', r"\\\1", text))
    return '"' + escaped + '"'


def constant_text(value):
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bytes):
        text = re.sub(r'(["\\])', r"\\\1", value.decode("latin-1"))
        return 'b"' + re.sub(r"[^\x20-\x7e]", lambda m: "\\x%02x" % ord(m[0]), text) + '"'
    if isinstance(value, tuple):
        return "(" + ", ".join(map(constant_text, value)) + (",)" if len(value) == 1 else ")")
    if isinstance(value, frozenset):
        return "(" + ", ".join(sorted(map(constant_text, value))) + ")"
    if hasattr(value, "co_code"):
        return "<code %s>" % value.co_name
    return repr(value)


def camel_case(name):
    return "".join(part.capitalize() for part in name.split("_"))


class Row:
    def __init__(self, line, name, operand, target=None, constant=None, const_keys=None):
        self.line, self.name, self.operand, self.target = line, name, operand, target
        self.constant, self.const_keys = constant, const_keys

    def __str__(self):
        return "%s %s %s" % (self.line, self.name, self.operand if self.target is None else "to ...")


def operand_text(instruction):
    name, value, arg = instruction.opname, instruction.argval, instruction.arg
    if name == "LOAD_CONST":
        return constant_text(value)
    if name in COUNTED:
        return str(arg)
    if name == "FORMAT_VALUE":
        return ("plain", "!s", "!r", "!a")[arg & 3] + (" with spec" if arg & 4 else "")
    if name == "UNPACK_EX":
        return "%d before, %d after" % (arg & 0xFF, arg >> 8)
    if name == "IS_OP":
        return "is not" if arg else "is"
    if name == "CONTAINS_OP":
        return "not in" if arg else "in"
    return "" if value is None else str(value)


def real_rows(code):
    """Rows, and for each offset the row that a jump to it reaches."""
    rows, row_of, line = [], {}, code.co_firstlineno
    starts = dict(dis.findlinestarts(code))
    instructions = list(dis.get_instructions(code))
    for index, instruction in enumerate(instructions):
        line = starts.get(instruction.offset, line)
        row_of[instruction.offset] = len(rows)
        name = instruction.opname
        if name == "EXTENDED_ARG":
            continue
        if name == "SETUP_ANNOTATIONS":
            rows += [Row(line, "BuildMap", "0"), Row(line, "StoreName", "__annotations__")]
            continue
        ours, operand = ADJUSTED.get(name) or camel_case(name), operand_text(instruction)
        prefix, _, rest = name.partition("_")
        if prefix in ("BINARY", "INPLACE") and rest in BINARY:
            ours, operand = camel_case(prefix) + "Op", BINARY[rest] + ("=" if prefix == "INPLACE" else "")
        if name == "SETUP_WITH":
            rows.append(Row(line, "BeforeWith", ""))
        if name == "BUILD_CONST_KEY_MAP":
            keys = rows.pop()
            rows.append(Row(line, ours, operand, const_keys=keys.constant))
            continue
        jumps = instruction.opcode in dis.hasjrel or instruction.opcode in dis.hasjabs
        rows.append(Row(line, ours, operand, instruction.argval if jumps else None, instruction.argval))
    return name_handlers(rows, row_of)


def name_handlers(rows, row_of):
    """`except T as n`: POP_TOP, STORE n, POP_TOP becomes STORE n."""
    kept, place = [], []
    for index, row in enumerate(rows):
        place.append(len(kept))
        before = rows[index - 1].name if index >= 1 else ""
        if row.name == "PopTop":
            stores = index + 2 < len(rows) and rows[index + 1].name.startswith("Store") and rows[index + 2].name == "PopTop"
            if before == "JumpIfNotExcMatch" and stores:
                continue
            if before.startswith("Store") and rows[index - 2].name == "PopTop" and rows[index - 3].name == "JumpIfNotExcMatch":
                continue
        kept.append(row)
    place.append(len(kept))
    return kept, {offset: place[index] for offset, index in row_of.items()}


def parameters_text(code):
    names, parts = list(code.co_varnames), []
    for i in range(code.co_argcount):
        parts.append(names[i])
        if i + 1 == code.co_posonlyargcount:
            parts.append("/")
    star = code.co_argcount + code.co_kwonlyargcount
    if code.co_flags & 4:
        parts.append("*" + names[star])
    elif code.co_kwonlyargcount:
        parts.append("*")
    parts += names[code.co_argcount:star]
    if code.co_flags & 8:
        parts.append("**" + names[star + bool(code.co_flags & 4)])
    return ", ".join(parts)


def header_text(code):
    text = "%s(%s) at line %d" % (code.co_name, parameters_text(code), code.co_firstlineno)
    for bit, word in ((0x20, "generator"), (0x80, "coroutine"), (0x200, "async generator")):
        if code.co_flags & bit:
            text += "; " + word
    for title, names in (("locals", code.co_varnames), ("cells", code.co_cellvars), ("free", code.co_freevars)):
        if names:
            text += "; %s %s" % (title, " ".join(names))
    return text


def inner_codes(code):
    yield code
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            yield from inner_codes(constant)


# --- ours, from the text that print_code writes

ROW = re.compile(r"^ *(\d*) +(\d+)  (\w+) *(.*)$")


def our_codes(text):
    codes = []
    for block in text.rstrip("\n").split("\n\n"):
        header, *lines = block.split("\n")
        header = re.sub(r"; (blocks \d+|comprehension|class body)(?=;|$)", "", re.sub(r"; doc \".*$", "", header))
        head, _, tail = header.partition("(")
        header = head.rsplit(".", 1)[-1] + "(" + tail
        rows, line = [], 0
        for text_row in lines:
            shown, _, name, operand = ROW.match(text_row).groups()
            line = int(shown) if shown else line
            target = int(operand[3:]) if re.match(r"to \d+$", operand) else None
            rows.append(Row(line, name, operand, target))
        codes.append((header, rows))
    return codes


# --- comparing

def same_row(ours, real):
    if ours.name != real.name or ours.line != real.line:
        return False
    if real.target is not None:
        return ours.target is not None
    operand = ours.operand
    if operand.startswith("<code "):  # the real code object knows its name only
        operand = "<code %s>" % operand[6:-1].rsplit(".", 1)[-1]
    if isinstance(real.constant, frozenset):
        return sorted(operand[1:-1].rstrip(",").split(", ")) == sorted(real.operand[1:-1].split(", "))
    return operand == real.operand


class Difference(Exception):
    pass


def compare_rows(ours, real, row_of):
    """Walks both. Keys of dictionaries that only ours loads are set aside until their BuildMap."""
    aside, reach, i, j = [], [], 0, 0   # reach[j]: the rows of ours between the match before and that of real[j]
    last = -1
    while j < len(real):
        if real[j].name == "PopTop" and i < len(ours) and ours[i].name == "PopTop":
            m = run_of_pops(ours, i)
            k = run_of_pops(real, j)
            if k < m or (k - m) % 2:
                raise Difference("%d PopTop, real %d, at %s" % (m, k, ours[i]))
            reach += [(last + 1, i + m - 1)] * k
            i, j, last = i + m, j + k, i + m - 1
        elif i < len(ours) and same_row(ours[i], real[j]):
            if real[j].const_keys is not None:
                count = len(real[j].const_keys)
                keys, aside = aside[-count:], aside[:-count]
                if keys != [constant_text(key) for key in real[j].const_keys]:
                    raise Difference("keys %s, real %s" % (keys, real[j].const_keys))
            reach.append((last + 1, i))
            last = i
            i, j = i + 1, j + 1
        elif i < len(ours) and ours[i].name == "LoadConst":
            aside.append(ours[i].operand)
            i += 1
        else:
            raise Difference("row %d: %s, real: %s" % (i, ours[i] if i < len(ours) else "the end", real[j]))
        if j == len(real) and i < len(ours):
            raise Difference("row %d: %s, real: the end" % (i, ours[i]))
    if aside:
        raise Difference("constants that only ours loads: %s" % aside)
    compare_jumps(ours, real, row_of, reach)


def compare_jumps(ours, real, row_of, reach):
    for (_, last), row in zip(reach, real):
        if row.target is None:
            continue
        low, high = reach[row_of[row.target]]
        if not low <= ours[last].target <= high:
            raise Difference("row %d %s: jumps to %d, real to %d..%d" % (last, row, ours[last].target, low, high))


def run_of_pops(rows, start):
    end = start
    while end < len(rows) and rows[end].name == "PopTop":
        end += 1
    return end - start


def compare_file(print_code, path):
    """Differences, as text."""
    with open(path, "rb") as stream:
        source = stream.read()
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    code = compile(tree, path, "exec", dont_inherit=True)
    printed = subprocess.run([print_code, path, "3.9"], capture_output=True, text=True, encoding="utf-8", errors="surrogatepass")
    if printed.returncode != 0:
        return ["print_code: " + printed.stderr.strip()]
    ours, real = our_codes(printed.stdout), list(inner_codes(code))
    differences = []
    if len(ours) != len(real):
        differences.append("%d code objects, real %d" % (len(ours), len(real)))
    for (header, rows), other in zip(ours, real):
        if header != header_text(other):
            differences.append("%s\n    real %s" % (header, header_text(other)))
        try:
            compare_rows(rows, *real_rows(other))
        except Difference as difference:
            differences.append("%s: %s" % (header.split(";")[0], difference))
    return differences


def default_files():
    library = os.path.dirname(os.__file__)
    return [os.path.join(library, name) for name in ("importlib/_bootstrap.py", "threading.py", "queue.py")]


def check_stacks(print_code):
    """print_code follows every path of what it compiles: all versions' files must pass. Gives back how many do not."""
    failed = checked = 0
    for version, python in interpreters.installed().items():
        library = subprocess.run([python, "-c", "import os; print(os.path.dirname(os.__file__))"], capture_output=True, text=True).stdout.strip()
        for name in ("importlib/_bootstrap.py", "importlib/_bootstrap_external.py", "threading.py", "queue.py", "weakref.py"):
            path = os.path.join(library, name)
            if not os.path.exists(path):
                continue
            printed = subprocess.run([print_code, path, version], capture_output=True, text=True)
            checked += 1
            failed += printed.returncode != 0
            if printed.returncode != 0:
                print(printed.stderr)
    print("%d files of installed interpreters compiled, %d refused" % (checked, failed))
    return failed


def main(arguments):
    if sys.version_info[:2] != (3, 9):
        python39 = find_python39()
        if python39 is None:
            print("skipped: no Python 3.9 found")
            return SKIPPED
        return subprocess.run([python39, os.path.abspath(__file__)] + arguments).returncode
    print_code = find_print_code()
    if print_code is None:
        print("skipped: no print_code found")
        return SKIPPED
    compared = 0
    failed = 0 if arguments else check_stacks(print_code)
    for path in arguments or default_files():
        differences = compare_file(print_code, path)
        if differences is None:
            continue
        compared += 1
        failed += bool(differences)
        for difference in differences:
            print("%s: %s" % (os.path.basename(path), difference))
    print("%d files compared, %d differ" % (compared, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
