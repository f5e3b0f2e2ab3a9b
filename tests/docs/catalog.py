"""The verdicts in docs/catalog.md: what the scenarios that a row names expect, written behind their links.

    python3 tests/docs/catalog.py [--write]

Without --write: says what is wrong with the page, and ends with status 1 if anything is.
"""

import fnmatch
import os
import re
import sys

from docs_test import ROOT, read

PAGE = 'docs/catalog.md'
VERSIONS = ['3.%d' % minor for minor in range(6, 14)]
# Which of our own designs stand for a CPython, of before 3.6.
EARLIER = {'global-lock': 'to 3.2', 'per-module': '3.3', 'gil-lazy': 'to 3.6.3'}
# Builds of a version that are a design of their own.
BUILDS = {'free-threaded-3.13': '3.13 without a GIL'}
# The rows. A number that is not there was one and the same race as another.
ROWS = list(range(1, 11)) + [12, 13, 16, 18, 19, 20] + list(range(22, 33)) + list(range(39, 54)) + [55]

ROW = re.compile(r'^### (\d+)\. ')
SCENARIO = re.compile(r'^- \[([\w/]+)\]\((\.\./specs/scenarios/([\w/]+)\.txtar)\)(.*)$')
REASON = 'Not modelled:'


def table_of(text, name):
    """key -> list of words, of one table of a scenario.toml."""
    found = re.search(r'^\[%s\]\n(.*?)(?=^\[|^-- |\Z)' % name, text, re.MULTILINE | re.DOTALL)
    entries = re.findall(r'^"?([^"\n#=]+?)"? *= *(\[.*?\]|"[^"\n]*")', found.group(1), re.MULTILINE | re.DOTALL) if found else []
    return {key: re.findall(r'"([^"]*)"', value) for key, value in entries}


def expected(table, design):
    """The entry of the glob with the most characters that are not wildcards, or None."""
    fitting = [glob for glob in table if fnmatch.fnmatchcase(design, glob)]
    return table[max(fitting, key=lambda glob: sum(c not in '*?[]' for c in glob))] if fitting else None


def is_meant_for(scenario_text, design):
    """By the scenario's `designs`."""
    found = re.search(r'^designs = \[((?:"[^"]*"|[\s,])*)\]', scenario_text.split('-- main.py --')[0], re.MULTILINE)
    return not found or any(fnmatch.fnmatchcase(design, glob) for glob in re.findall(r'"([^"]*)"', found.group(1)))


def expected_of(scenario_text, design):
    """The words that a scenario expects on a design that it is meant for, or None."""
    return expected(table_of(scenario_text.split('-- main.py --')[0], 'expect'), design) if is_meant_for(scenario_text, design) else None


def in_words(words):
    return 'pass' if words == ['pass'] else ', '.join('`%s`' % word for word in words)


def verdicts(scenario_text):
    """`3.6–3.8 livelock; 3.9–3.13 pass; to 3.2 pass`."""
    runs = []  # [first version, last version, words]
    for version in VERSIONS:
        words = expected_of(scenario_text, 'cpython-' + version)
        if words is None:
            continue
        if runs and runs[-1][2] == words:
            runs[-1][1] = version
        else:
            runs.append([version, version, words])
    parts = ['%s %s' % (first if first == last else '%s–%s' % (first, last), in_words(words)) for first, last, words in runs]
    earlier = [(when, design, expected_of(scenario_text, design)) for design, when in EARLIER.items()]
    builds = [(when, expected_of(scenario_text, design)) for design, when in BUILDS.items()]
    return '; '.join(['%s (%s) %s' % (when, design, in_words(words)) for when, design, words in earlier if words is not None] + parts
                     + ['%s %s' % (when, in_words(words)) for when, words in builds if words is not None])


def renewed(text):
    """The page with the verdicts that the scenarios have now. A scenario that is not there keeps what stands behind it."""
    lines = []
    for line in text.split('\n'):
        found = SCENARIO.match(line)
        path = os.path.join(ROOT, 'specs', 'scenarios', found.group(3) + '.txtar') if found else ''
        if found and os.path.exists(path):
            line = '- [%s](%s): %s' % (found.group(1), found.group(2), verdicts(read(os.path.relpath(path, ROOT))))
        lines.append(line)
    return '\n'.join(lines)


def sections(text):
    """(row, its lines)"""
    found = []
    for line in text.split('\n'):
        row = ROW.match(line)
        if row:
            found.append((int(row.group(1)), []))
        elif line.startswith('## '):
            found.append((None, []))
        elif found:
            found[-1][1].append(line)
    return [(row, lines) for row, lines in found if row is not None]


def scenarios():
    """All that the page names."""
    return {found.group(1) for found in map(SCENARIO.match, read(PAGE).split('\n')) if found}


def faults(text):
    rows = [row for row, _ in sections(text)]
    for row in ROWS:
        if rows.count(row) != 1:
            yield 'row %d is there %d times' % (row, rows.count(row))
    for row in sorted(set(rows) - set(ROWS)):
        yield 'there is no row %d' % row
    for row, lines in sections(text):
        named = [SCENARIO.match(line) for line in lines if line.startswith('- [')]
        if not named and not any(line.startswith(REASON) for line in lines):
            yield "row %d names no scenario and no reason for it ('%s …')" % (row, REASON)
        for found in named:
            if not found or found.group(1) != found.group(3):
                yield 'row %d: a line that begins with a link names a scenario by its folder and name' % row
            elif not os.path.exists(os.path.join(ROOT, 'specs', 'scenarios', found.group(3) + '.txtar')):
                yield 'row %d: there is no scenario %s' % (row, found.group(3))
            elif not verdicts(read('specs/scenarios/%s.txtar' % found.group(3))):
                yield 'row %d: %s expects nothing of any version' % (row, found.group(3))
    for old, new in zip(text.split('\n'), renewed(text).split('\n')):
        if old != new:
            yield 'the scenario now says\n    %s\nand the page\n    %s' % (new, old)


def main():
    text = read(PAGE)
    if '--write' in sys.argv[1:]:
        with open(os.path.join(ROOT, PAGE), 'w', encoding='utf-8') as file:
            file.write(renewed(text))
        text = renewed(text)
    wrong = list(faults(text))
    print('\n'.join('%s: %s' % (PAGE, fault) for fault in wrong) or '%d rows' % len(sections(text)))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
