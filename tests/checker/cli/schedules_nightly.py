#!/usr/bin/env python3
"""Printed schedules replay to the same end in a fresh process: all scenarios on all designs."""

import schedules

DESIGNS = ["no-lock", "gil-alone", "inserts-after", "global-lock", "per-module", "textbook"] + ["cpython-3.%d" % minor for minor in range(6, 14)]

schedules.exit_with([(scenario, design, command) for scenario in schedules.scenarios("**/*") for design in DESIGNS
                     for command in ("check", "outcomes")], ["--max-states", "200000", "--max-time", "120s"])
