"""Run by each installed interpreter: the tree of files as the text of model/syntax/ast_text.h.

    python3.X parser_ast_text.py trees FILE...     like print_tree FILE...
    python3.X parser_ast_text.py lines FILE        a JSON list of sources: for each the line of its
                                                   SyntaxError, or null if it compiles

What `ast` says differently from version to version is made alike here. `?` stands for a place that
this version does not know; below 3.8 no places are printed at all.
"""

import ast
import json
import struct
import sys
import warnings

VERSION = sys.version_info[:2]
HAS_PLACES = VERSION >= (3, 8)


def escaped(data):
    out = []
    for byte in data:
        if 0x20 <= byte < 0x7F and byte != 0x5C:
            out.append(chr(byte))
        else:
            out.append("\\x%02x" % byte)
    return "".join(out)


def constant_text(value):
    if value is None or value is True or value is False:
        return repr(value)
    if value is Ellipsis:
        return "Ellipsis"
    if isinstance(value, int):
        return "int %d" % value
    if isinstance(value, float):
        return "float " + struct.pack(">d", value).hex()
    if isinstance(value, complex):
        return "complex " + struct.pack(">d", value.imag).hex()
    if isinstance(value, str):
        return "str " + escaped(value.encode("utf-8", "surrogatepass"))
    return "bytes " + escaped(value)


def old_constant(node):
    """The value of a constant of 3.6 and 3.7 in a list, or nothing."""
    kind = type(node).__name__
    if HAS_PLACES:
        return [node.value] if kind == "Constant" else []
    return {"Num": lambda: [node.n], "Str": lambda: [node.s], "Bytes": lambda: [node.s],
            "NameConstant": lambda: [node.value], "Ellipsis": lambda: [Ellipsis]}.get(kind, list)()


class Writer:
    def __init__(self):
        self.lines = []
        self.depth = 0
        self.fstrings = 0

    def line(self, text):
        self.lines.append("  " * self.depth + text)

    def heading(self, name, node):
        if not HAS_PLACES or self.fstrings or not isinstance(node, (ast.expr, ast.stmt)):
            return name
        if not hasattr(node, "lineno"):
            return name + " ?"
        return "%s %d:%d" % (name, node.lineno, node.col_offset)

    def value(self, label, value):
        if isinstance(value, list):
            self.line("%s: [%d]" % (label, len(value)))
            self.depth += 1
            for item in value:
                self.item("- ", item)
            self.depth -= 1
        else:
            self.item(label + ": ", value)

    def item(self, label, value):
        if value is None:
            self.line(label + "-")
        elif isinstance(value, (str, int)):
            self.line("%s%s" % (label, value))
        elif isinstance(value, (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)):
            self.line(label + type(value).__name__)
        else:
            self.node(label, value)

    def node(self, label, node):
        kind = type(node).__name__
        if kind == "Index":
            return self.node(label, node.value)
        if kind == "ExtSlice":
            return self.ext_slice(label, node)
        constant = old_constant(node)
        if constant:
            self.line(label + self.heading("Constant", node))
            self.lines.append("  " * (self.depth + 1) + "value: " + constant_text(constant[0]))
            return
        if kind == "Slice" and VERSION < (3, 9):
            self.line(label + ("Slice ?" if HAS_PLACES and not self.fstrings else "Slice"))
        else:
            self.line(label + self.heading(kind, node))
        self.depth += 1
        self.fstrings += kind == "JoinedStr"
        self.fields(kind, node)
        self.fstrings -= kind == "JoinedStr"
        self.depth -= 1

    def ext_slice(self, label, node):
        self.line(label + ("Tuple ?" if HAS_PLACES and not self.fstrings else "Tuple"))
        self.depth += 1
        self.value("elts", node.dims)
        self.value("ctx", ast.Load())
        self.depth -= 1

    def fields(self, kind, node):
        if kind == "arguments" and VERSION < (3, 8):
            self.value("posonlyargs", [])
        for name in node._fields:
            if name in ("type_comment", "type_ignores", "type_params", "kind"):
                continue
            value = getattr(node, name, None)
            if kind == "JoinedStr":
                value = merged(value)
            elif kind == "FormattedValue" and name == "conversion":
                value = None if value == -1 else chr(value)
            elif kind == "FormattedValue" and name == "format_spec" and value is not None:
                if type(value).__name__ != "JoinedStr":
                    value = ast.JoinedStr(values=[value])
            elif kind == "ExceptHandler" and name == "type":
                pass
            self.value(name, value)


def merged(values):
    """Adjacent texts of an f-string as one, empty ones left out."""
    result = []
    for node in values:
        text = old_constant(node)
        if text and text[0] == "":
            continue
        before = old_constant(result[-1]) if text and result else []
        if before:
            result[-1] = ast.Constant(before[0] + text[0]) if HAS_PLACES else ast.Str(before[0] + text[0])
        else:
            result.append(node)
    return result


def tree_text(source):
    writer = Writer()
    writer.line("Module")
    writer.depth = 1
    writer.value("body", ast.parse(source).body)
    return "\n".join(writer.lines) + "\n"


def print_trees(paths):
    out = []
    for path in paths:
        with open(path, "rb") as file:
            source = file.read()
        try:
            text = tree_text(source)
            compile(source, path, "exec", dont_inherit=True)  # what only the compiler refuses is refused here too
        except (SyntaxError, ValueError) as error:
            text = "error %s %s\n" % (getattr(error, "lineno", 0), error)
        out.append("=== %s\n%s" % (path, text))
    sys.stdout.buffer.write("".join(out).encode("utf-8"))


def error_line(source):
    try:
        compile(source.encode("utf-8"), "<source>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.lineno
    except ValueError:  # a null byte, before 3.12
        return 0
    return None


def main(arguments):
    sys.setrecursionlimit(10000)
    warnings.simplefilter("ignore")
    if arguments[0] == "trees":
        print_trees(arguments[1:])
    else:
        with open(arguments[1], encoding="utf-8") as file:
            print(json.dumps([error_line(source) for source in json.load(file)]))


if __name__ == "__main__":
    main(sys.argv[1:])
