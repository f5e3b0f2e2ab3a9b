"""What a user or a machine can do to a run: absurd numbers, options that contradict each other, disks that are full, files that are damaged.

LOCKWEAVE_BINARY is the tool. Each ends in a message of a few lines that names the option, with status 2, or in a report; never in a crash.
"""

import json
import os
import resource
import signal
import subprocess
import unittest

from tool_case import LOCKWEAVE, PATIENCE, ToolCase, told

LARGEST = str(2 ** 64 - 1)

# Some hundreds of executions, a few of them deadlocked.
LOCKS = """Three threads, two locks.
-- main.py --
import threading
a = threading.Lock()
b = threading.Lock()
count = [0]
def forwards():
    with a:
        with b:
            count[0] += 1
def backwards():
    with b:
        count[0] += 1
        with a:
            pass
threads = [threading.Thread(target=f) for f in (forwards, backwards, forwards)]
for t in threads: t.start()
for t in threads: t.join()
"""


def small_files():
    """No file can grow beyond 200 bytes: writing fails as on a full disk, with another word for it."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


class Faults(ToolCase):
    def setUp(self):
        super().setUp()
        self.scenario = self.write("locks.txtar", LOCKS)

    def check(self, *options, **more):
        # Pipes, not files: the limit of `small_files` is for what the tool opens.
        return subprocess.run([LOCKWEAVE, "check", self.scenario, "--design", "textbook", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=60 * PATIENCE, **more)

    def given(self, option, value):
        return [option, value] if value == "" else ["%s=%s" % (option, value)]

    def test_numbers_that_are_none_are_named_with_their_option(self):
        counts = ("-1", "1e3", "1.5", "0x10", "", "x", "nan", " 1", "9" * 40)
        for option, goes_with in (("--max-states", []), ("--jobs", []), ("--seed", ["--strategy", "random"]), ("--walks", ["--strategy", "random"]),
                                  ("--pct-depth", ["--strategy", "random-pct"]), ("--preemptions", ["--strategy", "bounded"])):
            for value in counts + (() if option in ("--seed", "--preemptions") else ("0",)):
                with self.subTest(option=option, value=value):
                    self.refused(self.check(*self.given(option, value), *goes_with), option, "'%s'" % value)
        for option in ("--max-time", "--checkpoint-every"):
            for value in ("-1s", "soon", "", "inf", "nan", "1 s", "1d"):
                with self.subTest(option=option, value=value):
                    self.refused(self.check(*self.given(option, value), "--checkpoint", self.file), option, "'%s'" % value)
        for value in ("0", "-5M", "", "inf", "12parrots", "9" * 40 + "T"):
            with self.subTest(option="--max-memory", value=value):
                self.refused(self.check(*self.given("--max-memory", value)), "--max-memory", "'%s'" % value)
        for option, value, goes_with in (("--jobs", "1000000", []), ("--pct-depth", LARGEST, ["--strategy", "random-pct"]), ("--preemptions", LARGEST, ["--strategy", "bounded"])):
            with self.subTest(option=option, value=value):
                self.refused(self.check(option, value, *goes_with), option, "'%s'" % value)

    def test_absurd_numbers_that_mean_something_end_in_a_report(self):
        for options in (["--max-states", "1"], ["--max-states", LARGEST], ["--max-time", "0s"], ["--max-time", "9" * 20 + "h"], ["--max-memory", "1"],
                        ["--strategy", "random", "--walks", LARGEST, "--max-time", "300ms"], ["--strategy", "random", "--seed", LARGEST, "--walks", "3"],
                        ["--strategy", "random-pct", "--pct-depth", "1000", "--walks", "3"], ["--strategy", "bounded", "--preemptions", str(2 ** 32 - 1)],
                        ["--strategy", "dpor", "--max-states", "1"], ["--jobs", "256", "--strategy", "exhaustive"]):
            with self.subTest(options=options):
                done = self.check("--json", "-", *options)
                self.assertIn(done.returncode, (0, 1, 3), done.stderr)
                self.assertIn(json.loads(done.stdout)["verdict"], ("pass", "fail", "incomplete"))

    def test_options_that_contradict_each_other_are_named_with_what_goes_together(self):
        for options, says in (
                (["--strategy", "exhaustive", "--preemptions", "1"], ("--preemptions and the strategy 'exhaustive'", "goes with --strategy bounded")),
                (["--strategy", "dpor", "--walks", "5"], ("--walks and the strategy 'dpor'", "--strategy random")),
                (["--strategy", "random", "--pct-depth", "2"], ("--pct-depth and the strategy 'random'", "--strategy random-pct")),
                (["--strategy", "dpor", "--fairness", "weak"], ("--fairness and the strategy 'dpor'", "--strategy exhaustive")),
                (["--strategy", "dpor", "--fingerprints"], ("--fingerprints goes with the strategy 'exhaustive', not 'dpor'",)),
                (["--strategy", "dpor", "--spill", self.folder], ("--spill goes with the strategy 'exhaustive', not 'dpor'",)),
                (["--spill", self.folder, "--fingerprints"], ("--spill does not go with --fingerprints",)),
                (["--strategy", "bounded", "--checkpoint", self.file], ("--checkpoint goes with the strategies 'exhaustive' and 'dpor', not 'bounded'",)),
                (["--strategy", "random-pct", "--resume", self.file], ("--resume goes with the strategies 'exhaustive' and 'dpor', not 'random-pct'",)),
                (["--checkpoint", self.file, "--fingerprints"], ("--checkpoint does not go with --fingerprints",)),
                (["--checkpoint-every", "1s"], ("--checkpoint", "needs it")),
                (["--without", "everything"], ("--without cannot be 'everything'", "movers"))):
            with self.subTest(options=options):
                self.refused(self.check(*options), *says)

    def test_a_report_that_cannot_be_written_is_a_failure(self):
        self.refused(self.check("--json", "/dev/full"), "/dev/full: error: could not be written completely")
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([LOCKWEAVE, "check", self.scenario, "--design", "textbook"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60 * PATIENCE)
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard output could not be written completely", done.stderr)

    def test_a_full_disk_leaves_the_last_checkpoint_as_it_was(self):
        for strategy in ("exhaustive", "dpor"):
            with self.subTest(strategy=strategy):
                options = ["--strategy", strategy, "--keep-going", "--json", "-"]
                whole = told(self.check(*options))
                self.check(*options, "--checkpoint", self.file, "--max-states", "60")
                with open(self.file, "rb") as source:
                    good = source.read()
                full = self.check(*options, "--resume", self.file, "--checkpoint", self.file, "--checkpoint-every", "1ms", preexec_fn=small_files)
                report = told(full)
                notes = [note for note in report["notes"] if "could not be written" in note]
                self.assertEqual(len(notes), 1, report["notes"])
                report["notes"].remove(notes[0])
                self.assertEqual(report, whole)
                with open(self.file, "rb") as source:
                    self.assertEqual(source.read(), good)
                self.assertEqual([name for name in os.listdir(self.folder) if name.endswith(".partial")], [])
                self.assertEqual(told(self.check(*options, "--resume", self.file)), whole)
                os.remove(self.file)

    def test_a_damaged_checkpoint_of_dpor_is_refused(self):
        options = ["--strategy", "dpor", "--keep-going"]
        self.check(*options, "--checkpoint", self.file, "--max-states", "60")
        with open(self.file, "rb") as source:
            content = source.read()
        damages = [content[:length] for length in (0, 1, 20, len(content) // 2, len(content) - 1)]
        damages += [content[:at] + bytes([content[at] ^ 4]) + content[at + 1:] for at in (0, 22, len(content) // 3, len(content) // 2, len(content) - 1)]
        damages.append(content + b"more")
        for damaged in damages:
            with self.subTest(length=len(damaged)):
                with open(self.file, "wb") as out:
                    out.write(damaged)
                self.refused(self.check(*options, "--resume", self.file), self.file)
        with open(self.file, "wb") as out:
            out.write(content)
        with open(self.scenario, "a", encoding="utf-8") as out:
            out.write("# something else\n")
        self.refused(self.check(*options, "--resume", self.file), "is of another run", "the scenario was")


if __name__ == "__main__":
    unittest.main()
