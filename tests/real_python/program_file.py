"""A program of tests/programs and what it is expected to print.

    print(1 + 1)  # expect: 2
    print(f())    # expect[3.8+]: new
    # expect[-3.7]: old

All `# expect` comments, read from the top of the file to its end, are the lines of the
output in order; a program that does not print in the order of its text has them in a
block at its end. A first line `# requires: 3.8` names the oldest version that can run it,
`# expect-exception: NAME` says that this exception leaves the program at its end.

A program of several files is a .txtar; its expectations may also lie in the archive as
a file `expected`, or as files `expected-3.8+`, `expected--3.7`.
"""

import os
import re
import tokenize
import io

import txtar

EXPECT = re.compile(r"#\s*expect(?:\[([^\]]*)\])?:(?: (.*))?$")
EXCEPTION = re.compile(r"#\s*expect-exception(?:\[([^\]]*)\])?: (\w+)$")
REQUIRES = re.compile(r"#\s*requires: (3\.\d+)\s*$")


def minor_of(version):
    return int(version.split(".")[1])


def in_range(text, version):
    """text: '3.8+', '-3.7', '3.8-3.10', '3.8' or None for any."""
    if text is None:
        return True
    minor = minor_of(version)
    if text.endswith("+"):
        return minor >= minor_of(text[:-1])
    if text.startswith("-"):
        return minor <= minor_of(text[1:])
    first, _, last = text.partition("-")
    return minor_of(first) <= minor <= minor_of(last or first)


def comments(source):
    """The comments of a Python text, in order; a `#` inside a string is none."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    except (tokenize.TokenError, IndentationError):
        for line in source.splitlines():
            if "#" in line:
                yield line[line.index("#"):]


class Program:
    def __init__(self, root, path):
        self.path = path
        self.name = os.path.relpath(path, root)
        if path.endswith(".txtar"):
            self.about, self.files = txtar.read(path)
        else:
            with open(path, encoding="utf-8") as file:
                self.about, self.files = "", {"main.py": file.read()}
        self.main = self.files["main.py"]
        self.lines = []       # (range or None, text)
        self.exceptions = []  # (range or None, name)
        self.requires = None
        self.read_comments()
        self.read_expected_files()

    def read_comments(self):
        first = REQUIRES.match(self.main.split("\n", 1)[0])
        if first:
            self.requires = first.group(1)
        for comment in comments(self.main):
            line = EXPECT.search(comment)
            if line:
                self.lines.append((line.group(1), line.group(2) or ""))
            ending = EXCEPTION.search(comment)
            if ending:
                self.exceptions.append((ending.group(1), ending.group(2)))

    def read_expected_files(self):
        for name, text in self.files.items():
            if name == "expected" or name.startswith("expected-"):
                versions = name[len("expected-"):] or None
                self.lines += [(versions, line) for line in text.splitlines()]

    def runs_on(self, version):
        return self.requires is None or minor_of(version) >= minor_of(self.requires)

    def depends_on_version(self):
        ranges = [versions for versions, _ in self.lines + self.exceptions]
        return self.requires is not None or any(ranges)

    def expected(self, version):
        """(text of stdout, name of the exception that leaves the program or '')."""
        out = "".join(text + "\n" for versions, text in self.lines if in_range(versions, version))
        names = [name for versions, name in self.exceptions if in_range(versions, version)]
        return out, names[0] if names else ""


def load_all(root, pattern=None):
    found = []
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            relative = os.path.relpath(path, root)
            if name.endswith((".py", ".txtar")) and (not pattern or re.search(pattern, relative)):
                found.append(Program(root, path))
    return found
