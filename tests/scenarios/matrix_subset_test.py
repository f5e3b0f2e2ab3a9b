#!/usr/bin/env python3
"""The part of the matrix that fits the time of a test run: the subset named below. All of it is matrix_nightly.py."""

import sys

import matrix

# Three threads and more.
TOO_LARGE = ["circular/three_modules", "locking/five_threads"]
# Where threads may switch almost anywhere these take some seconds each.
SLOW = TOO_LARGE + ["packages/relative_imports", "packages/from_package", "packages/package_imports_own_submodule",
                    "packages/two_submodules", "numpy/h4_two_names", "numpy/cython_import_twice_threads"]
# Our own designs are small. Of CPython's, one that switches almost anywhere and one that does so at calls only.
PARTS = [("our own designs", TOO_LARGE, ["no-lock", "global-lock", "per-module", "textbook", "inserts-after"]),
         ("CPython's", SLOW, ["cpython-3.8", "cpython-3.12"])]

if __name__ == "__main__":
    sys.exit(max(matrix.check(name, matrix.scenarios(except_for=left_out), designs) for name, left_out, designs in PARTS))
