"""docs/matrix.md: every scenario that docs/catalog.md names on every design, each broken property linked to the trace that shows it.

    python3 tests/docs/matrix_page.py --write           explores everything (a quarter of an hour on two cores) and writes the page
    python3 tests/docs/matrix_page.py --write PATTERN   explores anew only the scenarios that match, and designs that are new; the page has the other cells
    python3 tests/docs/matrix_page.py --render          writes the page anew from its own cells: after a change of the catalogue's rows or of counterexamples/

The page can be read back (cells_of), so that a test can compare it with what the scenarios expect without exploring anything.
"""

import fnmatch
import json
import os
import re
import subprocess
import sys

import catalog
from docs_test import BINARY, ROOT, anchor, read

PAGE = 'docs/matrix.md'
# How many states a cell is explored to; and one of which the scenario expects something that those do not settle.
STATES = 100000
STATES_IF_EXPECTED = 4000000

GROUPS = [
    ('CPython', ['cpython-3.%d' % minor for minor in range(6, 14)] + ['free-threaded-3.13']),
    ('Import locks', ['no-lock', 'inserts-after', 'gil-alone', 'global-lock', 'per-module', 'waits-kept', 'waits-deleted', 'waits-weak', 'textbook']),
    ('GILs', ['gil-1992', 'gil-lazy', 'gil-lazy-first-fix', 'gil-lazy-thread-start', 'gil-eager', 'gil-eager-full']),
    ('Without a GIL', ['free-threaded', 'nogil-strict', 'nogil-unsafe', 'nogil-toggle', 'nogil-toggle-0', 'nogil-toggle-1', 'nogil-toggle-flag', 'nogil-toggle-no-stop',
                       'nogil-old-code-lock', 'nogil-shared-exclusive', 'nogil-shared-exclusive-naive', 'nogil-shared-exclusive-upgrade']),
    ('Fork, end, interpreters', ['fork-2.5', 'fork-repaired', 'fork-other-ident', 'fork-other-ident-fixed', 'exit-3.12.0', 'exit-3.14', 'shared-package-context']),
]

# Why a scenario is not explored on a design that its `designs` leave out: the first that fits.
LEFT_OUT = [
    ('files/*', 'About the half of importlib that reads files: the short designs of our own have none, and the others have that of 3.12 or 3.13'),
    ('custom/load_module_recipe', 'The short designs of our own do not call `load_module`'),
    ('locking/stale_lock_callback', 'The program looks into `importlib._bootstrap._module_locks`, which only these have'),
    ('interrupts/*', 'The exception from outside aims at a place in importlib, or finds so many that it is explored on fewer designs'),
    ('gil/*', 'Threads of C and a GIL, and no import: a design with another import lock has nothing to add'),
    ('free_threading/*', 'About the GIL of readers and writers; on the others an old extension is called as any function is'),
    ('fork/*', 'About what is left in a child: these designs fork as those do that are explored, or their GIL is a text, and then a fork is not modelled'),
    ('exit/foreign_thread_*', 'Written for `Py_FinalizeEx` as 3.13 and 3.14 have it'),
    ('extensions/*', 'About what import asks of C code in each version: another GIL or import lock has nothing to add'),
    ('interpreters/package_context', 'About interpreters with GILs of their own: from 3.12 on'),
    ('interpreters/*', 'About several interpreters, which programs get from 3.8 on; what the versions do differently is not in the import lock or the GIL of our designs'),
    ('exit/*', 'About the end of the interpreter: these designs end as one of those does that are explored'),
]
# Why an exploration ends with `error`, by its message.
NOT_MODELLED = [
    ('lockweave.interrupt in a program with C code, or on a design whose GIL is a text', 'What breaks into a thread (`lockweave.interrupt`) is not modelled where the GIL is a text'),
]
LETTERS = 'abcdefghijklmnopqrstuvwxyz'
REASONS = [text for _, text in LEFT_OUT] + [text for _, text in NOT_MODELLED]

INTRODUCTION = '''# The matrix

Every scenario that [the catalogue](catalog.md) names, on every design ([what they are](../specs/README.md)). It is the answer of

```
lockweave matrix SCENARIO --max-states %d
```

for each of them; a cell of which the scenario expects something that so many states do not settle is explored up to %d. What stands in a cell:

| | |
| --- | --- |
| pass | explored completely, and nothing is broken |
| `deadlock` | explored completely; these [properties](properties.md) are broken, and no others |
| `deadlock` incomplete | broken as well, but there was no end within the states: there may be more |
| incomplete | nothing broken was found within the states, which says nothing about the rest |
| not modelled | the machine cannot run it, for the reason of that letter |
| · | not explored, for the reason of that letter |

A property that leads somewhere leads to the [simplest trace](../counterexamples/README.md) that shows it in this scenario on a design of the same table. Designs with the same cells share a column.

%s

The page is made by `tests/docs/matrix_page.py --write`. The tests compare it with what the scenarios expect, and explore some of it again; the target `nightly` explores all of it.
'''


class Cell:
    """What is known of one scenario on one design. `reason`: of a cell that was not explored, or not to any verdict."""

    def __init__(self, words=(), complete=True, reason=None, is_error=False):
        self.words, self.complete, self.reason, self.is_error = tuple(sorted(words)), complete, reason, is_error

    def key(self):
        return self.words, self.complete, self.reason, self.is_error


def designs():
    return [design for _, names in GROUPS for design in names]


def sections():
    """(title, {scenario: the rows that name it}) of the catalogue, in its order."""
    found, row = [], None
    for line in read(catalog.PAGE).split('\n'):
        heading, scenario = catalog.ROW.match(line), catalog.SCENARIO.match(line)
        if line.startswith('## '):
            found.append((line[3:], {}))
        elif heading:
            row = (heading.group(1), anchor(line[4:]))
        elif scenario:
            found[-1][1].setdefault(scenario.group(1), []).append(row)
    return [(title, named) for title, named in found if named]


def scenarios():
    named = []
    for _, of_section in sections():
        named += [short for short in of_section if short not in named]
    return named


def text_of_scenario(short):
    return read('specs/scenarios/%s.txtar' % short)


def is_meant_for(short, design):
    return catalog.is_meant_for(text_of_scenario(short), design)


def left_out(short):
    return next((Cell(reason=reason) for glob, reason in LEFT_OUT if fnmatch.fnmatchcase(short, glob)), Cell(reason=''))


# --- exploring


def explore(short, names, states):
    """{design: cell}, by `lockweave matrix`, whose report of each cell is one JSON object."""
    command = [BINARY, 'matrix', 'specs/scenarios/%s.txtar' % short, '--max-states', str(states), '--progress', 'never', '--format', 'json']
    for name in names:
        command += ['--design', name]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    found = {}
    for line in done.stdout.splitlines():
        report = json.loads(line)
        found[report['design']] = (cell_from(report), report.get('expectation'))
    missing = [name for name in names if name not in found]
    if missing:
        sys.exit('%s on %s: no report, status %d\n%s' % (short, ', '.join(missing), done.returncode, done.stderr))
    return found


def cell_from(report):
    if report['verdict'] == 'error':
        message = report['error']['message']
        for words, reason in NOT_MODELLED:
            if words in message:
                return Cell(reason=reason, is_error=True)
        sys.exit('%s on %s: NOT_MODELLED has no words for this: %s' % (report['scenario'], report['design'], message))
    return Cell([violation['property'] for violation in report['violations']], report['complete'] and not report['unchecked'])


def explored(short, names):
    """{design: cell} for those of `names` that the scenario is meant for."""
    found = explore(short, [name for name in names if is_meant_for(short, name)], STATES)
    unsettled = [name for name, (cell, expectation) in found.items() if not cell.complete and expectation and not expectation['met']]
    if unsettled:
        found.update(explore(short, unsettled, STATES_IF_EXPECTED))
    return {name: cell for name, (cell, _) in found.items()}


def is_unexplored(cells, short, design):
    cell = cells.get((short, design))
    return cell is None or (cell.reason is not None and not cell.is_error and is_meant_for(short, design))


def all_cells(pattern=None, known=None):
    """{(scenario, design): cell}; those of scenarios that do not match are taken from `known`."""
    cells = dict(known or {})
    for short in scenarios():
        names = designs() if not pattern or re.search(pattern, short) else [design for design in designs() if is_unexplored(cells, short, design)]
        if not names:
            continue
        of_scenario = explored(short, names)
        for design in names:
            cells[short, design] = of_scenario.get(design) or left_out(short)
        print(short, flush=True)
    return cells


# --- the page


def traces():
    """{(scenario, property): {design: file}} of counterexamples/."""
    found = {}
    for folder, _, names in os.walk(os.path.join(ROOT, 'counterexamples')):
        for name in names:
            if name.endswith('.json'):
                path = os.path.relpath(os.path.join(folder, name), ROOT)
                report = json.loads(read(path))
                short = report['scenario'][len('specs/scenarios/'):-len('.txtar')]
                of_word = found.setdefault((short, report['violations'][0]['property']), {})
                of_word[report['design']] = min(path[:-len('.json')] + '.txt', of_word.get(report['design'], '~'))
    return found


def text_of(short, cell, alike, group, known_traces):
    """A cell; `alike` are the designs that share it, and come first when it is asked which trace to link."""
    if cell.reason is not None:
        letter = '<sup>%s</sup>' % LETTERS[REASONS.index(cell.reason)]
        return ('not modelled ' if cell.is_error else '· ') + letter
    words = []
    for word in cell.words:
        files = known_traces.get((short, word), {})
        design = next((name for name in alike + group[::-1] if name in files), None)
        words.append('[`%s`](../%s)' % (word, files[design]) if design else '`%s`' % word)
    if not cell.complete:
        words.append('incomplete')
    return '<br>'.join(words) or 'pass'


def title_of(design):
    return '3.13 without a GIL' if design == 'free-threaded-3.13' else design[len('cpython-'):] if design.startswith('cpython-') else design


def columns_of(group, shorts, cells):
    """Lists of designs that have the same cells, but for what nobody explores."""
    found = {}
    for design in group:
        key = tuple(cells[short, design].key() for short in shorts)
        found.setdefault(key, []).append(design)
    return list(found.values())


def table(title, group, rows, cells, known_traces):
    """Rows without a cell that was explored are left out; None if that leaves none."""
    shorts = [short for short in rows if any(cells[short, design].reason is None for design in group)]
    if not shorts:
        return None
    columns = columns_of(group, shorts, cells)
    lines = ['| row | %s | %s |' % (title, ' | '.join('<br>'.join(title_of(design) for design in alike) for alike in columns)),
             '| --- | --- | %s |' % ' | '.join('---' for _ in columns)]
    for short in shorts:
        numbers = ', '.join('[%s](catalog.md#%s)' % row for row in rows[short])
        texts = [text_of(short, cells[short, alike[0]], alike, group, known_traces) for alike in columns]
        lines.append('| %s | [%s](../specs/scenarios/%s.txtar) | %s |' % (numbers, short, short, ' | '.join(texts)))
    return '\n'.join(lines)


def counted(cells):
    """How many cells of each kind."""
    values = list(cells.values())
    judged = [cell for cell in values if cell.reason is None]
    expected = sum(1 for (short, design), cell in cells.items() if cell.reason is None and expectation_of(short, design) is not None)
    broken = [cell for cell in judged if cell.words]
    return ('%d scenarios on %d designs. Explored are %d cells: %d pass, in %d something is broken (%d of these incomplete), %d are incomplete with nothing found. '
            '%d are not modelled, %d not explored. Of %d cells the scenario says what is expected, and it is so.' % (
                len({short for short, _ in cells}), len(designs()), len(judged), sum(1 for cell in judged if cell.complete and not cell.words), len(broken),
                sum(1 for cell in broken if not cell.complete), sum(1 for cell in judged if not cell.complete and not cell.words),
                sum(1 for cell in values if cell.is_error), sum(1 for cell in values if cell.reason is not None and not cell.is_error), expected))


def legend(cells):
    used = {cell.reason for cell in cells.values() if cell.reason is not None}
    rows = ['| %s | %s |' % (LETTERS[number], reason) for number, reason in enumerate(REASONS) if reason in used]
    return '\n'.join(['| | why not |', '| --- | --- |'] + rows)


def page(cells):
    known_traces = traces()
    parts = [INTRODUCTION % (STATES, STATES_IF_EXPECTED, legend(cells) + '\n\n' + counted(cells))]
    for title, rows in sections():
        parts.append('## %s\n' % title)
        absent = []
        for name, group in GROUPS:
            text = table(name, group, rows, cells, known_traces)
            if text:
                parts.append(text + '\n')
            else:
                reasons = sorted({LETTERS[REASONS.index(cells[short, design].reason)] for short in rows for design in group})
                absent.append('%s (%s)' % (name, ', '.join(reasons)))
        if absent:
            parts.append('No scenario of this section is explored on these: %s.\n' % '; '.join(absent))
    return '\n'.join(parts)


# --- the page read back


def cell_of(text, reasons):
    letter = re.fullmatch(r'(· |not modelled )<sup>(\w)</sup>', text)
    if letter:
        return Cell(reason=reasons[letter.group(2)], is_error=letter.group(1) != '· ')
    words = re.findall(r'`([a-z-]+)`', text)
    return Cell(words, not text.endswith('incomplete'))


def cells_of(text):
    """{(scenario, design): cell} of a page. What stands in no table is not explored."""
    by_title = {title_of(design): design for design in designs()}
    reasons = dict(re.findall(r'^\| (\w) \| (.*) \|$', text, re.M))
    cells, columns = {}, []
    for line in text.split('\n'):
        fields = line[2:-2].split(' | ') if line.startswith('| ') else []
        if fields and fields[0] == 'row':
            columns = [[by_title.get(title) for title in field.split('<br>')] for field in fields[2:]]
        elif len(fields) > 2 and '](catalog.md#' in fields[0]:
            short = re.match(r'\[([\w/]+)\]', fields[1]).group(1)
            for alike, field in zip(columns, fields[2:]):
                for design in alike:
                    cells[short, design] = cell_of(field, reasons)
    for short in scenarios():
        for design in designs():
            cells.setdefault((short, design), left_out(short))
    return cells


# --- what is wrong with it


def expectation_of(short, design):
    """The words that [expect] has for the design, or None."""
    return catalog.expected_of(text_of_scenario(short), design)


def is_met(short, design, cell):
    """As `lockweave matrix` judges it."""
    expected = expectation_of(short, design)
    wanted = set() if expected == ['pass'] else set(expected or [])
    if expected is None or cell.complete:
        return expected is None or set(cell.words) == wanted
    may_be_incomplete = catalog.table_of(text_of_scenario(short), 'bounds').get('incomplete_ok', [])
    return set(cell.words) <= wanted and any(fnmatch.fnmatchcase(design, glob) for glob in may_be_incomplete)


def faults(text):
    cells = cells_of(text)
    there = sorted(os.listdir(os.path.join(ROOT, 'specs', 'designs')))
    if sorted(designs()) != there:
        yield 'these are not the designs of specs/designs: %s' % ', '.join(sorted(set(designs()) ^ set(there)))
    for (short, design), cell in cells.items():
        where = '%s on %s' % (short, design)
        if cell.reason == '' or is_unexplored(cells, short, design):
            yield '%s: not explored, and nothing says why' % where
        elif cell.reason is None and not is_meant_for(short, design):
            yield '%s: explored, though the scenario is not meant for the design' % where
        if cell.reason is None and not is_met(short, design, cell):
            yield '%s: the page says %s%s, and %s is expected' % (
                where, ', '.join(cell.words) or 'pass', '' if cell.complete else ' (incomplete)', ', '.join(expectation_of(short, design)))
    if all(cell.reason != '' for cell in cells.values()) and text != page(cells):
        yield 'the rows, columns, counts or links are not those of today: tests/docs/matrix_page.py --render'


def main():
    arguments = sys.argv[1:]
    if not arguments or arguments[0] not in ('--write', '--render') or len(arguments) > 2:
        print(__doc__)
        return 2
    present = read(PAGE) if os.path.exists(os.path.join(ROOT, PAGE)) else ''
    if arguments[0] == '--render':
        cells = cells_of(present)
    else:
        cells = all_cells(*([arguments[1], cells_of(present)] if len(arguments) == 2 else []))
    with open(os.path.join(ROOT, PAGE), 'w', encoding='utf-8') as file:
        file.write(page(cells))
    wrong = list(faults(read(PAGE)))
    print('\n'.join(wrong) or '%d cells' % len(cells))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
