#!/usr/bin/env python3
"""The counterexamples on our own designs, and a few on CPython, are found again byte for byte."""

import sys

import counterexamples

if __name__ == "__main__":
    status = counterexamples.compare(designs=counterexamples.OWN)
    sys.exit(counterexamples.compare(pattern="^(circular_import|packages/submodule_not_bound|failure/)") or status)
