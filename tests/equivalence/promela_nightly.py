#!/usr/bin/env python3
"""Many small random programs have the same states and verdicts in the machine and in SPIN."""

import sys

import promela

if __name__ == "__main__":
    sys.exit(promela.compare(first_seed=100000, wanted=300))
