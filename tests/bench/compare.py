#!/usr/bin/env python3
"""The figures to reach, each beside what must be and what is aimed at, and beside SPIN and rumur where they are installed.

    compare.py [--quick] [--only WORD]... [--models DIR] [--json FILE]

Everything is CPU time (user and system) of whole processes, by wait4. S is SPIN's time on its own abstraction of module locks
(peers/module_locks.pml -DPLAIN, four threads, two modules, without reduction) in the same run, so that limits given in S do not depend on the
machine. --quick takes smaller programs, which says less. --models: other models (*.pml, *.m) to run beside, with N=4 and M=2.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.dirname(os.path.dirname(HERE))
LOCKWEAVE = os.environ.get("LOCKWEAVE_BINARY") or os.path.join(SOURCE, "build", "lockweave")
COUNTED = os.path.join(os.path.dirname(LOCKWEAVE), "counted_program")
EVERY_OPCODE = os.path.join(SOURCE, "tests", "support", "every-opcode")
SCENARIOS = os.path.join(SOURCE, "specs", "scenarios")
# Steps are remembered, and no state is left out.
ALL_STATES = ["--strategy", "exhaustive", "--without", "movers", "--without", "sleep-sets", "--without", "persistent-sets", "--without", "symmetry"]
CHECK_LIMIT = ["--max-time", "300s"]


class Unavailable(Exception):
    pass


class Run:
    """One process: its CPU seconds, the most memory it held, what it printed."""

    def __init__(self, command, folder=None):
        with tempfile.TemporaryFile("w+") as out:
            process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status) if hasattr(os, "waitstatus_to_exitcode") else status
            out.seek(0)
            self.text = out.read()
        self.status = process.returncode
        self.cpu = usage.ru_utime + usage.ru_stime
        self.bytes = usage.ru_maxrss * 1024


class Check(Run):
    """A check by the tool; `stats` of its JSON report."""

    def __init__(self, scenario, design, *options):
        super().__init__([LOCKWEAVE, "check", scenario, "--design", design, "--progress", "never", "--json", "-", *CHECK_LIMIT, *options])
        lines = [line for line in self.text.splitlines() if line.startswith("{")]
        if not lines:
            raise Unavailable(self.text.strip().splitlines()[0] if self.text.strip() else "no report")
        self.report = json.loads(lines[0])
        self.stats = self.report["stats"]
        self.complete = self.report["complete"]


class Spin(Run):
    """A pan: compiled by gcc -O3, without reduction, 2^24 slots."""

    def __init__(self, model, folder, *flags, pan=()):
        for tool in ("spin", "gcc"):
            if shutil.which(tool) is None:
                raise Unavailable("no %s here" % tool)
        # -o2: what is written and never read is part of the state, too.
        built = [Run(["spin", "-o2", "-a", *flags, model], folder),
                 Run(["gcc", "-O3", "-march=native", "-w", "-DSAFETY", "-DNOREDUCE", "-DMEMLIM=14000", "-o", "pan", "pan.c"], folder)]
        if any(run.status for run in built):
            raise Unavailable("%s: %s" % (model, "".join(run.text for run in built).strip()))
        self.compiling = sum(run.cpu for run in built)
        super().__init__(["./pan", "-m1000000", "-w24", *pan], folder)
        self.states, self.transitions = (int(re.search(r"(\d+) " + words, self.text).group(1)) for words in ("states, stored", "transitions"))
        self.has_error = "errors: 0" not in self.text


class Rumur(Run):
    """A verifier of rumur's: without symmetry, one thread."""

    def __init__(self, model, folder, sizes):
        for tool in ("rumur", "gcc"):
            if shutil.which(tool) is None:
                raise Unavailable("no %s here" % tool)
        with open(model) as file:
            text = file.read()
        for name, value in sizes.items():
            text = re.sub(r"\b%s: \d+;" % name, "%s: %d;" % (name, value), text, count=1)
        with open(os.path.join(folder, "model.m"), "w") as file:
            file.write(text)
        built = [Run(["rumur", "--threads", "1", "--symmetry-reduction", "off", "--deadlock-detection", "stuck", "--output", "model.c", "model.m"], folder),
                 Run(["gcc", "-O3", "-march=native", "-mcx16", "-w", "-o", "model", "model.c", "-lpthread", "-latomic"], folder)]
        if any(run.status for run in built):
            raise Unavailable("%s: %s" % (model, "".join(run.text for run in built).strip()))
        self.compiling = sum(run.cpu for run in built)
        super().__init__(["./model"], folder)
        found = re.search(r"(\d+) states, (\d+) rules fired", self.text)
        if not found:
            raise Unavailable("%s: %s" % (model, self.text.strip()[-200:]))
        self.states, self.transitions = int(found.group(1)), int(found.group(2))


class Table:
    """Rows: what was measured, how much, and how that stands to what must be and what is aimed at."""

    def __init__(self):
        self.rows = []

    def add(self, work, value, unit, must=None, aim=None, note="", at_least=False):
        def ratio(limit):
            if limit is None or value is None:
                return ""
            met = value >= limit if at_least else value <= limit
            return "%s %.2fx %s" % (number(limit), value / limit, "yes" if met else "NO")
        row = (work, "%s %s" % (number(value), unit), ratio(must), ratio(aim), note)
        self.rows.append(dict(work=work, value=value, unit=unit, must=must, aim=aim, note=note, at_least=at_least))
        print("%-62s %16s   must %-16s aim %-16s %s" % row, flush=True)

    def missing(self, work, why):
        self.rows.append(dict(work=work, value=None, note=str(why)))
        print("%-62s not measured: %s" % (work, str(why)[:200]), flush=True)


def number(value):
    return "-" if value is None else "%d" % value if value >= 1000 else "%.3g" % value


class Bench:
    def __init__(self, quick, folder):
        self.quick, self.folder, self.table = quick, folder, Table()
        self.S = None

    def size(self):
        return (3, 2) if self.quick else (4, 2)

    def module_locks(self):
        """The scenario beside the models, in the size of this run."""
        path = os.path.join(self.folder, "module_locks.txtar")
        with open(os.path.join(HERE, "scenarios", "module_locks.txtar")) as file:
            text = file.read()
        with open(path, "w") as file:
            file.write(text.replace("THREADS = 4", "THREADS = %d" % self.size()[0]).replace("MODULES = 2", "MODULES = %d" % self.size()[1]))
        return path

    def spin(self, *flags, threads=None, modules=None):
        threads, modules = threads or self.size()[0], modules or self.size()[1]
        return Spin(os.path.join(HERE, "peers", "module_locks.pml"), self.folder, "-DN=%d" % threads, "-DM=%d" % modules, *flags)

    def in_s(self, seconds):
        return "" if not self.S or seconds is None else "%.2f S" % (seconds / self.S)

    # --- rows

    def peers(self):
        plain = self.spin("-DPLAIN")
        self.S = plain.cpu
        self.table.add("SPIN, module locks as one would write them: CPU (this is S)", plain.cpu, "s",
                       note="%d states, %d transitions, %.0f ns each; spin and gcc took %.1f s" % (plain.states, plain.transitions, plain.cpu / plain.transitions * 1e9, plain.compiling))
        try:
            murphi = Rumur(os.path.join(HERE, "peers", "module_locks.m"), self.folder, dict(N=self.size()[0], M=self.size()[1]))
            same = "SPIN's states" if murphi.states == plain.states else "NOT SPIN's states"
            self.table.add("rumur, the same", murphi.cpu, "s", note="%.2f S; %d states, %d transitions, %.0f ns each: %s; rumur and gcc took %.1f s" % (
                murphi.cpu / self.S, murphi.states, murphi.transitions, murphi.cpu / murphi.transitions * 1e9, same, murphi.compiling))
        except (Unavailable, OSError) as error:
            self.table.missing("rumur, the same", error)

    def transitions(self):
        scenario = self.module_locks()
        theirs = self.spin()
        per_transition = theirs.cpu / theirs.transitions * 1e9
        self.table.add("SPIN, module locks with Lockweave's locks: CPU per transition", per_transition, "ns",
                       note="%d states, %d transitions, %.0f bytes a state" % (theirs.states, theirs.transitions, theirs.bytes / theirs.states))
        for words, options in (("Lockweave, the same program", ALL_STATES), ("Lockweave, the same, no step remembered", ["--strategy", "exhaustive", "--no-reduction"])):
            ours = Check(scenario, EVERY_OPCODE, *options)
            if not ours.complete:
                self.table.missing(words, "not complete")
                continue
            same = ours.stats["states"] == theirs.states and ours.stats["transitions"] == theirs.transitions - 1
            self.table.add(words + ": CPU per transition", ours.cpu / ours.stats["transitions"] * 1e9, "ns", 3 * per_transition, per_transition,
                           "%d states, %d transitions: %s" % (ours.stats["states"], ours.stats["transitions"], "SPIN's" if same else "NOT SPIN's"))
            if options == ALL_STATES:
                self.table.add("bytes a state, whole process, exact", ours.bytes / ours.stats["states"], "B", 48, 32,
                               "at %.1f million states" % (ours.stats["states"] / 1e6))
        try:
            ours = Check(scenario, EVERY_OPCODE, *ALL_STATES, "--fingerprints")
            self.table.add("bytes a state, whole process, fingerprints", ours.bytes / ours.stats["states"], "B", 20, 14)
        except Unavailable as error:
            self.table.missing("bytes a state, whole process, fingerprints", error)

    def check(self, work, scenario, design, must, aim, memory=None, options=()):
        try:
            ours = Check(scenario, design, *options)
        except Unavailable as error:
            return self.table.missing(work, error)
        if not ours.complete:
            return self.table.missing(work, "not complete after %.1f s" % ours.cpu)
        note = ", ".join(filter(None, (self.in_s(ours.cpu), ours.report["verdict"], "%d states" % ours.stats["states"])))
        self.table.add(work + ": CPU", ours.cpu, "s", must, aim, note)
        if memory:
            self.table.add(work + ": memory", ours.bytes / 2 ** 20, "MiB", memory)
        return ours

    def verdicts(self):
        S = self.S
        limit = lambda times: None if S is None else times * S
        aim = limit(0.4)
        try:
            theirs = self.spin("-DPLAIN", threads=3, modules=3)
            aim = theirs.cpu + theirs.compiling
            self.table.add("SPIN, three threads, cycle of three modules, compiled and run", aim, "s", note="%s, %d states" % (self.in_s(aim), theirs.states))
        except Unavailable as error:
            self.table.missing("SPIN, three threads, cycle of three modules", error)
        self.check("three threads, cycle of three modules, cpython-3.12", os.path.join(SCENARIOS, "circular", "three_modules.txtar"), "cpython-3.12",
                   limit(2), aim, 1024, ["--strategy", "exhaustive"])
        if not self.quick:
            self.check("four threads, cycle of two modules, cpython-3.12", os.path.join(HERE, "scenarios", "four_threads.txtar"), "cpython-3.12",
                       limit(12), limit(2), 4096)
        self.check("five threads import one module, cpython-3.12", os.path.join(SCENARIOS, "locking", "five_threads.txtar"), "cpython-3.12", limit(1), limit(0.2))
        self.check("bpo-38091 on cpython-3.8: found and shown", os.path.join(SCENARIOS, "locking", "reentrant_import_two_threads.txtar"), "cpython-3.8", 0.3, 0.1)
        self.check("circular import without detection: found and shown", os.path.join(SCENARIOS, "circular_import.txtar"), "per-module", 0.3, 0.1)

    def bpo20891(self):
        for threads, rounds in ((3, 2),) if self.quick else ((4, 4), (5, 2)):
            self.compare_bpo20891("bpo-20891, %d threads, %d rounds" % (threads, rounds), threads, rounds)
        for made, verdict in ((0, "assertion"), (1, "pass")):
            theirs = self.spin_bpo20891(2, 2, *(["-DFIX"] if made else []))
            ours = Check(self.bpo20891_scenario(2, 2, made, False), EVERY_OPCODE, "--strategy", "exhaustive")
            found = ", ".join(violation["property"] for violation in ours.report["violations"]) or ours.report["verdict"]
            same = "yes" if found == verdict and theirs.has_error == (verdict != "pass") else "NO"
            self.table.add("bpo-20891, %s: %s, CPU" % ("the GIL is there from the start" if made else "made on demand", found), ours.cpu, "s", 0.3, 0.1,
                           "SPIN agrees: %s; %.2g s, spin and gcc %.1f s" % (same, theirs.cpu, theirs.compiling))

    def compare_bpo20891(self, work, threads, rounds):
        plain = self.spin_bpo20891(threads, rounds, "-DFULL", "-DPLAIN")
        self.table.add(work + ", SPIN, as one would write it: CPU", plain.cpu, "s", note="%d states, %d transitions, %.0f ns each" % (
            plain.states, plain.transitions, plain.cpu / plain.transitions * 1e9))
        theirs = self.spin_bpo20891(threads, rounds, "-DFULL")
        self.table.add(work + ", SPIN, start and end as Lockweave's: CPU", theirs.cpu, "s", note="%d states, %d transitions, %.0f ns each, %.0f bytes a state" % (
            theirs.states, theirs.transitions, theirs.cpu / theirs.transitions * 1e9, theirs.bytes / theirs.states))
        scenario = self.bpo20891_scenario(threads, rounds, 0, True)
        for words, options in ((", Lockweave, no state left out: CPU", ALL_STATES), (", Lockweave, as it is: CPU", ["--strategy", "exhaustive"])):
            ours = Check(scenario, EVERY_OPCODE, *options)
            if not ours.complete:
                self.table.missing(work + words, "not complete after %.1f s" % ours.cpu)
                continue
            counts = ours.stats["states"], ours.stats["transitions"]
            same = "SPIN's" if counts == (theirs.states, theirs.transitions - 1) else "SPIN's states" if counts[0] == theirs.states else "NOT SPIN's"
            self.table.add(work + words, ours.cpu, "s", 3 * theirs.cpu, theirs.cpu, "%s; %d states, %d transitions: %s; %.0f ns each, %.0f bytes a state; %.2f of -DPLAIN" % (
                ours.report["verdict"], *counts, same, ours.cpu / counts[1] * 1e9, ours.bytes / counts[0], ours.cpu / plain.cpu))

    def spin_bpo20891(self, threads, rounds, *flags):
        # -E: that somebody waits for a lock that main has when it ends is no question here.
        return Spin(os.path.join(HERE, "peers", "bpo20891.pml"), self.folder, "-DN=%d" % threads, "-DM=%d" % rounds, *flags, pan=["-E"])

    def bpo20891_scenario(self, threads, rounds, made, ends):
        path = os.path.join(self.folder, "bpo20891.txtar")
        with open(os.path.join(HERE, "scenarios", "bpo20891.txtar")) as file:
            text = file.read()
        for name, value in (("THREADS", threads), ("ROUNDS", rounds), ("MADE", made), ("FOUND_NONE_ENDS", ends)):
            text = re.sub("^%s = .*$" % name, "%s = %s" % (name, value), text, flags=re.MULTILINE)
        with open(path, "w") as file:
            file.write(text)
        return path

    def reductions(self):
        work = "fewer states than without reduction, four threads, two modules"
        scenario = os.path.join(HERE, "scenarios", "four_threads.txtar")
        design = "textbook"
        reduced = Check(scenario, design, "--strategy", "exhaustive")
        full = Check(scenario, design, *ALL_STATES, "--max-states", "20000000")
        self.table.add(work, full.stats["states"] / reduced.stats["states"], "times", 3, 10, at_least=True,
                       note="%s: %d of %d%s" % (design, reduced.stats["states"], full.stats["states"], "" if full.complete else " and more"))

    def dpor(self):
        if not os.path.exists(COUNTED):
            raise Unavailable("no %s: it is built by the target bench" % COUNTED)
        for words, program in (("writers(8)", ["writers", "8"]), ("lastzero(11)", ["lastzero", "11"]), ("5 threads, 2 lock/unlock each", ["mutex", "5", "2"])):
            if self.quick:
                program = [program[0]] + {"writers": ["7"], "lastzero": ["9"], "mutex": ["4", "2"]}[program[0]]
            ours = Check(self.counted(*program), EVERY_OPCODE, "--strategy", "dpor")
            executions = max(1, ours.stats["executions"])
            self.table.add("DPOR, %s: CPU per execution" % (words if not self.quick else " ".join(program)), ours.cpu / executions * 1e6, "us", 20, 5,
                           "%d executions, %d blocked by sleep sets%s" % (ours.stats["executions"], ours.stats["sleep_blocked"], "" if ours.complete else ", not complete"))

    def counted(self, *program):
        path = os.path.join(self.folder, program[0] + ".txtar")
        with open(path, "w") as file:
            file.write(subprocess.run([COUNTED, *program], stdout=subprocess.PIPE, universal_newlines=True, check=True).stdout)
        return path

    def jobs(self):
        self.compare_jobs("", os.path.join(SCENARIOS, "circular", "three_modules.txtar"), "cpython-3.12", "exhaustive")
        if os.path.exists(COUNTED):
            self.compare_jobs(", DPOR, writers(9)", self.counted("writers", "9"), EVERY_OPCODE, "dpor")

    def compare_jobs(self, words, scenario, design, strategy):
        one, two = (Check(scenario, design, "--strategy", strategy, "--jobs", jobs) for jobs in ("1", "2"))
        self.table.add("two jobs against one%s: total CPU" % words, two.cpu / one.cpu, "times", 1.25, 1.1, "same result: %s" % same_result(one.report, two.report))
        self.table.add("two jobs against one%s: wall time, faster" % words, one.stats["seconds"] / two.stats["seconds"], "times", 1.6, 1.85, at_least=True,
                       note="with a load of %.1f on %d cores: it says something on an idle machine only" % (os.getloadavg()[0], os.cpu_count() or 1))

    def models(self, folder):
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            try:
                if name.endswith(".pml"):
                    run = Spin(path, self.folder, "-DN=4", "-DM=2")
                elif name.endswith(".m"):
                    run = Rumur(path, self.folder, dict(N=4, M=2))
                else:
                    continue
            except Unavailable as error:
                self.table.missing(name, error)
                continue
            self.table.add("%s %s 4 2: CPU" % ("SPIN" if name.endswith(".pml") else "rumur", name), run.cpu, "s",
                           note="%d states, %d transitions, %.0f ns each" % (run.states, run.transitions, run.cpu / run.transitions * 1e9))


def same_result(one, two):
    def essence(report):
        stats = {key: value for key, value in report["stats"].items() if key not in ("seconds", "peak_bytes")}
        return [report["verdict"], report["violations"], report["outcomes"], stats]
    return "yes" if essence(one) == essence(two) else "NO"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", action="append", metavar="WORD", help="peers, transitions, verdicts, bpo20891, reductions, dpor, jobs; peers always run first, for S")
    parser.add_argument("--models", metavar="DIR", help="a folder of other models to run")
    parser.add_argument("--json", metavar="FILE", help="the rows as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.quick, folder)
        for name in ("peers", "transitions", "verdicts", "bpo20891", "reductions", "dpor", "jobs"):
            if name != "peers" and (name not in options.only if options.only else options.quick and name in ("reductions", "jobs")):
                continue
            try:
                getattr(bench, name)()
            except Unavailable as error:
                bench.table.missing(name, error)
        if options.models:
            bench.models(options.models)
        if options.json:
            with open(options.json, "w") as file:
                json.dump(bench.table.rows, file, indent=1)


if __name__ == "__main__":
    sys.exit(main())
