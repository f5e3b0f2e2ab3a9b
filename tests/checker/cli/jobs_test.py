#!/usr/bin/env python3
"""What `--jobs 2` and `--jobs 3` report is what `--jobs 1` reports, but for the time and the memory it took."""
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

BINARY = os.environ["LOCKWEAVE_BINARY"]
SCENARIOS = Path(os.environ["LOCKWEAVE_SOURCE_DIR"]) / "specs" / "scenarios"
PATIENCE = float(os.environ.get("LOCKWEAVE_TEST_PATIENCE", "1"))
MEASURED = ("seconds", "peak_bytes")
failures = []


def run(*arguments, timeout=120):
    done = subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=timeout * PATIENCE)
    return done.returncode, done.stdout, done.stderr


def reports(output):
    found = []
    for line in output.splitlines():
        report = json.loads(line)
        for word in MEASURED:
            report.get("stats", {}).pop(word, None)
        found.append(report)
    return found


def compare(*arguments):
    one = None
    for jobs in ("1", "2", "3"):
        status, output, errors = run(*arguments, "--json", "-", "--jobs", jobs)
        found = status, reports(output), errors
        one = one or found
        if found != one:
            failures.append(f"--jobs {jobs} differs from --jobs 1: {' '.join(arguments)}\n  {one}\n  {found}"[:3000])


def small_scenarios():
    return sorted(SCENARIOS.glob("properties/*.txtar"))


def check_strategies():
    for scenario in small_scenarios():
        for design in ("textbook", "per-module"):
            compare("check", str(scenario), "--design", design, "--strategy", "exhaustive", "--keep-going", "--max-states", "20000")
    circular = str(SCENARIOS / "circular_import.txtar")
    for design in ("no-lock", "textbook", "cpython-3.*"):
        compare("check", circular, "--design", design, "--strategy", "exhaustive", "--max-states", "3000")
        compare("check", circular, "--design", design, "--strategy", "random", "--seed", "7")
        compare("check", circular, "--design", design, "--strategy", "random-pct", "--seed", "7", "--keep-going")
    for design in ("no-lock", "textbook", "cpython-3.12"):
        compare("check", circular, "--design", design, "--strategy", "dpor", "--max-states", "60000")
    compare("check", circular, "--design", "no-lock", "--strategy", "bounded", "--preemptions", "1")
    compare("outcomes", circular, "--design", "textbook")


def check_matrix():
    compare("matrix", str(SCENARIOS / "circular_import.txtar"), str(SCENARIOS / "failure"), "--design", "textbook", "--design", "no-lock")


def expect(condition, words):
    if not condition:
        failures.append(words)


def check_bad_input():
    circular = str(SCENARIOS / "circular_import.txtar")
    for jobs, said in (("0", "at least 1"), ("-1", "whole number"), ("two", "whole number"), ("1.5", "whole number"), ("100000", "at most"), ("99999999999999999999999", "too large")):
        status, output, errors = run("check", circular, f"--jobs={jobs}")
        expect(status == 2 and "--jobs" in errors and jobs in errors and said in errors, f"--jobs={jobs}: {status} {errors}")
        expect(output == "", f"--jobs={jobs} writes a report")


def check_interrupts():
    """One Ctrl-C: a report within a moment. Two: the end within a second."""
    large = str(SCENARIOS / "circular" / "three_modules.txtar")
    for strategy in ("exhaustive", "dpor", "random"):
        for count in (1, 2):
            walks = ["--walks", "10000000"] if strategy == "random" else []
            process = subprocess.Popen([BINARY, "check", large, "--design", "cpython-3.8", "--keep-going", "--strategy", strategy, *walks, "--jobs", "2", "--json", "-"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(1 * PATIENCE)
            for _ in range(count):
                process.send_signal(signal.SIGINT)
                time.sleep(0.05)
            start = time.monotonic()
            try:
                output, _ = process.communicate(timeout=30 * PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                failures.append(f"{strategy}: {count} times Ctrl-C does not end it")
                continue
            expect(process.returncode == 3 or process.returncode == 1, f"{strategy}, {count} times Ctrl-C: status {process.returncode}")
            if count == 1:
                expect(output != "" and reports(output)[0]["complete"] is False, f"{strategy}: Ctrl-C leaves no report")
            else:
                expect(time.monotonic() - start < 10 * PATIENCE, f"{strategy}: the second Ctrl-C takes long")


def main():
    check_bad_input()
    check_strategies()
    check_matrix()
    check_interrupts()
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
