#!/usr/bin/env python3
"""The part of the matrix that fits the time of a test run: the subset named below. All of it is matrix_nightly.py."""

import sys

import matrix

# Our own designs are small. Of CPython's, one that switches almost anywhere and one that does so at calls only.
DESIGNS = ["no-lock", "global-lock", "per-module", "textbook", "inserts-after", "cpython-3.8", "cpython-3.12"]
# Three threads and more.
TOO_LARGE = ["circular/three_modules", "locking/five_threads"]

if __name__ == "__main__":
    sys.exit(matrix.check("subset", matrix.scenarios(except_for=TOO_LARGE), DESIGNS))
