#!/usr/bin/env python3
"""Printed schedules replay to the same end in a fresh process: some scenarios on some designs."""

import schedules

FAILING = schedules.scenarios("circular_import", "properties/*_fails", "failure/*", "gil/*", "locking/import_lock_*", "application/*",
                              "custom/*", "threads/*")
PROPERTIES = schedules.scenarios("properties/*", "circular/both_import_a", "threads/queue_worker")
LIMITS = ["--max-states", "20000", "--max-time", "20s"]

schedules.exit_with([(scenario, design, "check") for design in ("no-lock", "global-lock", "per-module", "cpython-3.12") for scenario in FAILING] +
                    [(scenario, design, "outcomes") for design in ("textbook", "no-lock") for scenario in PROPERTIES] +
                    [(scenario, "cpython-3.8", "check") for scenario in schedules.scenarios("properties/*_fails", "failure/retry")], LIMITS)
