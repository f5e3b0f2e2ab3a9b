#!/usr/bin/env python3
"""Printed schedules replay to the same end in a fresh process: all scenarios, each on a third of the designs."""

import schedules

DESIGNS = ["no-lock", "gil-alone", "inserts-after", "global-lock", "per-module", "textbook"] + ["cpython-3.%d" % minor for minor in range(6, 14)]

schedules.exit_with([(scenario, design, command) for i, scenario in enumerate(schedules.scenarios("**/*")) for k, design in enumerate(DESIGNS)
                     for command in ("check", "outcomes") if (i + k) % 3 == 0], ["--max-states", "50000", "--max-time", "20s"])
