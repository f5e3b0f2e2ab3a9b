"""docs/matrix.md has what the scenarios expect, in the rows and columns of today, and some of it is found again; what its script says of a page that is wrong."""

import os
import subprocess
import sys

import matrix_page
from docs_test import BINARY, ROOT, read

# Quick ones, of most kinds: explored again on all designs.
AGAIN = ['gil/foreign_thread', 'lazy/imports_itself', 'fork/one_thread', 'locking/stale_lock_callback', 'free_threading/self_deadlock', 'exit/foreign_thread_joined',
         'interrupts/finalizer_imports', 'packages/submodule_not_bound']


def check_reading_back(text):
    """A page that says something else must be told from the right one."""
    cells = matrix_page.cells_of(text)
    wrong = [] if matrix_page.page(cells) == text else ['the page is not what its cells make']
    changed = {
        'pass where a property is broken': (('circular_import', 'cpython-3.12'), matrix_page.Cell()),
        'another property': (('circular_import', 'cpython-3.12'), matrix_page.Cell(['deadlock'])),
        'incomplete where that is not enough': (('circular_import', 'textbook'), matrix_page.Cell(complete=False)),
        'a cell not explored that could be': (('circular_import', 'textbook'), matrix_page.left_out('gil/foreign_thread')),
    }
    for what, (key, cell) in changed.items():
        other = matrix_page.page({**cells, key: cell})
        if not any(fault.startswith('%s on %s: ' % key) for fault in matrix_page.faults(other)):
            wrong.append('not noticed: %s' % what)
    short = 'numpy/h1_fixed'
    without = '\n'.join(line for line in text.split('\n') if '[%s](' % short not in line)
    if not any(fault.startswith(short) for fault in matrix_page.faults(without)):
        wrong.append('not noticed: a row that is missing')
    return wrong


def runs_here(design):
    """Does the interpreter exist whose importlib the design takes? The empty program tells."""
    nothing = os.path.join('tests', 'scenarios', 'nothing.txtar')
    return subprocess.run([BINARY, 'check', nothing, '--design', design], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).returncode == 0


def check_some_again(text):
    if not os.path.exists(BINARY):
        print('%s is not there: nothing is explored' % BINARY)
        return []
    here = [design for design in matrix_page.designs() if runs_here(design)]
    cells = matrix_page.cells_of(text)
    found = {(short, design): cell for short in AGAIN for design, cell in matrix_page.explored(short, here).items()}
    print('%d cells explored again' % len(found))
    return differences(cells, found)


def differences(cells, found):
    return ['%s on %s: the page has %s, and found is %s' % (short, design, cells[short, design].key(), cell.key())
            for (short, design), cell in found.items() if cells[short, design].key() != cell.key()]


def main():
    text = read(matrix_page.PAGE)
    wrong = list(matrix_page.faults(text)) + check_reading_back(text) + check_some_again(text)
    print('\n'.join(wrong) or 'the page, the scenarios and what is found agree')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
