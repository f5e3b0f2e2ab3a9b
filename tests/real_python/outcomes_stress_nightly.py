#!/usr/bin/env python3
"""outcomes_stress_test over every scenario and every installed version, for much longer."""

import sys

import outcomes_stress_test

if __name__ == "__main__":
    sys.exit(outcomes_stress_test.main(["--all-versions", "--budget", "600", "--max-time", "60"] + sys.argv[1:]))
