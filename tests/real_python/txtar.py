"""The txtar format: free text, then `-- name --` lines, each followed by that file's text."""

import os
import re

MARKER = re.compile(r"^-- (.+?) --\s*$")


def parse(text):
    """(comment, {name: text}) with the files in the order of the archive."""
    comment, files, name, lines = "", {}, None, []
    for line in text.splitlines(True):
        found = MARKER.match(line)
        if not found:
            lines.append(line)
            continue
        if name is None:
            comment = "".join(lines)
        else:
            files[name] = "".join(lines)
        name, lines = found.group(1), []
    if name is None:
        return "".join(lines), {}
    files[name] = "".join(lines)
    return comment, files


def render(comment, files):
    parts = [comment]
    for name, text in files.items():
        parts.append("-- %s --\n%s" % (name, text))
    return "".join(parts)


def read(path):
    with open(path, encoding="utf-8") as file:
        return parse(file.read())


def unpack(files, folder):
    for name, text in files.items():
        target = os.path.join(folder, *name.split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)
