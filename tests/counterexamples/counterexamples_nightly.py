#!/usr/bin/env python3
"""All counterexamples are found again byte for byte."""

import sys

import counterexamples

if __name__ == "__main__":
    sys.exit(counterexamples.compare())
