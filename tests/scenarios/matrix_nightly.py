#!/usr/bin/env python3
"""The whole matrix: every scenario on every design that can run here."""

import sys

import matrix

DESIGNS = ["cpython-3.%d" % minor for minor in range(6, 14)] + [
    "no-lock", "global-lock", "per-module", "textbook", "inserts-after", "gil-alone"]
LIMIT = ["--max-time", "600s"]  # for a cell; where there is no end in sight the scenario says incomplete_ok

if __name__ == "__main__":
    sys.exit(matrix.check("matrix", matrix.scenarios(), DESIGNS, LIMIT))
