"""docs/matrix.md, all of it: every cell is explored again."""

import sys

import matrix_page
from docs_test import read
from matrix_page_test import differences, runs_here

SKIPPED = 77  # how ctest is told


def main():
    missing = [design for design in matrix_page.designs() if not runs_here(design)]
    if missing:
        print('skipped: these have no interpreter here: %s' % ', '.join(missing))
        return SKIPPED
    text = read(matrix_page.PAGE)
    cells = matrix_page.all_cells()
    wrong = differences(matrix_page.cells_of(text), cells)
    if matrix_page.page(cells) != text:
        wrong.append('%s differs: tests/docs/matrix_page.py --write makes it anew' % matrix_page.PAGE)
    print('\n'.join(wrong) or '%d cells, all as on the page' % len(cells))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
