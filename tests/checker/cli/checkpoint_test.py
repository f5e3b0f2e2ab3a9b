"""Checkpoints: a run killed at any moment and resumed tells what a run tells that was not; what does not fit is refused in words.

LOCKWEAVE_BINARY is the tool. The moments of the kills are drawn from a fixed seed, but where they fall depends on the machine.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time
import unittest

from tool_case import LOCKWEAVE, PATIENCE, ToolCase, told

SOURCE = os.environ["LOCKWEAVE_SOURCE_DIR"]
CIRCULAR = os.path.join(SOURCE, "specs", "scenarios", "circular_import.txtar")

# Three threads; without learning beforehand what they share the exploration would start again some times.
SCENARIO = """Three threads that append to a list and count, with a lock that two of them take.
-- main.py --
import threading
lock = threading.Lock()
items = []
total = 0
def work(n):
    global total
    for i in range(1):
        seen = total
        items.append(n)
        with lock:
            total = seen + 1
    if len(items) > 2 and total < 3:
        lock.acquire()
        raise ValueError(total)
threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
for t in threads: t.start()
for t in threads: t.join()
"""

# Five threads, three of which take two locks in one order and one in the other: some thousands of executions, some of them deadlocked.
LOCKS = """Five threads, two locks.
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
def looks():
    if a.acquire(False):
        a.release()
    with b:
        pass
    assert count[0] != 3
threads = [threading.Thread(target=f) for f in (forwards, backwards, looks, forwards, forwards)]
for t in threads: t.start()
for t in threads: t.join()
"""


def run(*arguments, timeout=120, **more):
    return subprocess.run([LOCKWEAVE, *arguments], capture_output=True, text=True, timeout=timeout * PATIENCE, **more)


class Checkpoints(ToolCase):
    def setUp(self):
        super().setUp()
        self.scenario = self.write("three.txtar", SCENARIO)
        self.locks = self.write("locks.txtar", LOCKS)

    def check(self, *options, scenario=None, design="textbook", strategy="exhaustive", **more):
        return run("check", scenario or self.scenario, "--design", design, "--strategy", strategy, "--json", "-", *options, **more)

    def left_behind(self):
        return sorted(name for name in os.listdir(self.folder) if name.endswith(".partial"))

    def test_a_run_resumed_after_each_of_many_budgets_ends_as_one_that_was_never_stopped(self):
        without = ["--without", "persistent-sets"]
        for scenario, design, options in ((self.scenario, "textbook", ["--keep-going"] + without), (CIRCULAR, "no-lock", without), (CIRCULAR, "no-lock", []),
                                          (CIRCULAR, "cpython-3.12", ["--serializable"])):
            with self.subTest(scenario=os.path.basename(scenario), design=design, options=options):
                whole = self.check(*options, scenario=scenario, design=design)
                if whole.returncode == 2 and "cpython" in design:
                    self.skipTest("no such interpreter here")
                states = told(whole)["stats"]["states"]
                for share in (0.01, 0.3, 0.6, 0.9):
                    limit = str(max(1, int(states * share)))
                    cut = self.check(*options, "--checkpoint", self.file, "--max-states", limit, scenario=scenario, design=design)
                    self.assertIn(cut.returncode, (1, 3), cut.stderr)
                    resumed = self.check(*options, "--resume", self.file, scenario=scenario, design=design)
                    self.assertEqual(told(resumed), told(whole))
                    self.assertEqual(resumed.returncode, whole.returncode)
                # A run that has ended can be resumed as well, and a resumed run can be stopped where the first one could.
                self.check(*options, "--checkpoint", self.file, scenario=scenario, design=design)
                self.assertEqual(told(self.check(*options, "--resume", self.file, scenario=scenario, design=design)), told(whole))
                cut_again = self.check(*options, "--resume", self.file, "--max-states", limit, scenario=scenario, design=design)
                missing = "the run ended before it was where the checkpoint is; no checkpoint was written"
                report = told(cut_again)
                if options:  # with persistent sets the round begins again, and no place in it is looked for
                    self.assertIn(missing, report["notes"])
                    report["notes"].remove(missing)
                self.assertEqual(report, told(cut))

    def test_dpor_resumed_after_each_of_many_budgets_counts_as_if_it_was_never_stopped(self):
        for scenario in (self.scenario, self.locks):
            with self.subTest(scenario=os.path.basename(scenario)):
                whole = self.check("--keep-going", scenario=scenario, strategy="dpor")
                states = told(whole)["stats"]["states"]
                for share in (0.002, 0.1, 0.5, 0.95):
                    before, after = ("1", "2") if share in (0.1, 0.95) else ("2", "1")
                    cut = self.check("--keep-going", "--checkpoint", self.file, "--max-states", str(max(1, int(states * share))), "--jobs", before, scenario=scenario, strategy="dpor")
                    self.assertIn(cut.returncode, (1, 3), cut.stderr)
                    resumed = self.check("--keep-going", "--resume", self.file, "--jobs", after, scenario=scenario, strategy="dpor")
                    self.assertEqual(told(resumed), told(whole))
                    self.assertEqual(resumed.returncode, whole.returncode)
                # From what a run that has ended leaves, too; and the checkpoint says by itself of which strategy it is.
                self.check("--keep-going", "--checkpoint", self.file, scenario=scenario, strategy="dpor")
                self.assertEqual(told(self.check("--keep-going", "--resume", self.file, scenario=scenario, strategy="auto")), told(whole))

    def killed_and_resumed(self, scenario, strategy):
        options = ["--keep-going"]
        begin = time.monotonic()
        whole = self.check(*options, scenario=scenario, strategy=strategy)
        length = time.monotonic() - begin
        moments = random.Random(7)
        kills = 0
        resumes = 0
        deadline = time.monotonic() + 100 * PATIENCE
        while kills < 50 and time.monotonic() < deadline:
            arguments = [LOCKWEAVE, "check", scenario, "--design", "textbook", "--strategy", strategy, "--json", "-", *options,
                         "--checkpoint", self.file, "--checkpoint-every", "10ms"]
            if os.path.exists(self.file):
                arguments += ["--resume", self.file]
                resumes += 1
            arguments += ["--jobs", str(1 + kills % 2)]
            process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            try:
                output, errors = process.communicate(timeout=moments.uniform(0.02, max(0.1, length)))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                kills += 1
                continue
            self.assertEqual(process.returncode, whole.returncode, errors)
            report = json.loads(output)
            for name in ("seconds", "peak_bytes"):
                report["stats"].pop(name)
            self.assertEqual(report, told(whole))
            os.remove(self.file)
        self.assertGreaterEqual(kills, 50)
        self.assertGreater(resumes, 10)
        last = self.check(*options, "--resume", self.file, scenario=scenario, strategy=strategy) if os.path.exists(self.file) else whole
        self.assertEqual(told(last), told(whole))

    def test_a_run_killed_fifty_times_and_resumed_ends_as_one_that_was_not(self):
        self.killed_and_resumed(self.scenario, "exhaustive")

    def test_dpor_killed_fifty_times_and_resumed_ends_as_if_it_was_not(self):
        self.killed_and_resumed(self.locks, "dpor")

    def test_an_interrupted_run_leaves_a_checkpoint(self):
        for strategy in ("exhaustive", "dpor"):
            with self.subTest(strategy=strategy):
                whole = self.check("--keep-going", scenario=self.locks, strategy=strategy)
                process = subprocess.Popen([LOCKWEAVE, "check", self.locks, "--design", "textbook", "--strategy", strategy, "--json", "-", "--keep-going",
                                            "--checkpoint", self.file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                time.sleep(0.1)
                process.send_signal(signal.SIGINT)
                output, errors = process.communicate(timeout=60 * PATIENCE)
                self.assertIn(process.returncode, (0, 1, 3, -signal.SIGINT), errors)
                if process.returncode >= 0:
                    self.assertIn("complete", json.loads(output))
                    self.assertEqual(told(self.check("--keep-going", "--resume", self.file, scenario=self.locks, strategy=strategy)), told(whole))
                    os.remove(self.file)

    def test_what_differs_is_named(self):
        self.check("--checkpoint", self.file, "--max-states", "50")
        self.refused(self.check("--resume", self.file, design="no-lock"), "is of another run", "the design was 'textbook'", "is 'no-lock'")
        self.refused(self.check("--resume", self.file, scenario=CIRCULAR), "is of another run", "the scenario was")
        self.refused(self.check("--resume", self.file, "--keep-going"), "--keep-going was 'no', and is 'yes'")
        self.refused(self.check("--resume", self.file, strategy="dpor"), "the strategy was 'exhaustive', and is 'dpor'")
        self.refused(self.check("--resume", self.file, "--strict"), "the set of properties was")
        self.refused(self.check("--resume", self.file, "--no-reduction"), "the set of reductions was")
        with open(self.scenario, "a", encoding="utf-8") as out:
            out.write("# something new\n")
        self.refused(self.check("--resume", self.file), "the scenario was 'three' (content ", "and is 'three' (content ")

    def test_another_importlib_is_refused(self):
        bootstrap = os.path.join(self.folder, "_bootstrap.py")
        with open(os.path.join(SOURCE, "specs", "designs", "textbook", "importlib.py"), encoding="utf-8") as source:
            text = source.read()
        design = os.path.join(self.folder, "mine")
        shutil.copytree(os.path.join(SOURCE, "specs", "designs", "textbook"), design)
        self.assertIn(self.check("--checkpoint", self.file, "--max-states", "50", design=design).returncode, (1, 3))
        with open(os.path.join(design, "importlib.py"), "w", encoding="utf-8") as out:
            out.write(text + "\n# a change\n")
        self.refused(self.check("--resume", self.file, design=design), "the design was", "and is")
        self.assertFalse(os.path.exists(bootstrap))

    def test_a_damaged_checkpoint_is_refused_whatever_the_damage(self):
        self.check("--checkpoint", self.file, "--max-states", "200")
        with open(self.file, "rb") as source:
            content = source.read()
        damages = random.Random(3)
        for _ in range(12):
            place = damages.randrange(len(content))
            with open(self.file, "wb") as out:
                out.write(content[:place])
            self.refused(self.check("--resume", self.file), self.file)
            altered = bytearray(content)
            altered[place] ^= 1 << damages.randrange(8)
            with open(self.file, "wb") as out:
                out.write(altered)
            self.refused(self.check("--resume", self.file), self.file)
        with open(self.file, "wb") as out:
            out.write(content[:21] + bytes([9, 0, 0, 0]) + content[25:])
        self.refused(self.check("--resume", self.file), "another version of lockweave")

    def test_files_that_are_none_are_refused(self):
        self.refused(self.check("--resume", os.path.join(self.folder, "nothing")), "cannot be read: No such file or directory")
        self.refused(self.check("--resume", self.folder), "cannot be read")
        self.refused(self.check("--resume", self.scenario), "is no checkpoint of lockweave")
        self.refused(self.check("--resume", "/dev/null"), "cannot be read")
        self.refused(self.check("--checkpoint", self.scenario), "exists and is no checkpoint")
        self.refused(self.check("--checkpoint", "/dev/full"), "no regular file")
        self.refused(self.check("--checkpoint", os.path.join(self.folder, "no", "such")), "No such file or directory")
        with open(self.scenario, encoding="utf-8") as source:
            self.assertEqual(source.read(), SCENARIO)

    def test_options_that_do_not_go_together_are_named(self):
        def usage(*arguments):
            return run("check", self.scenario, "--design", "textbook", *arguments)

        self.refused(usage("--strategy", "random", "--checkpoint", self.file), "--checkpoint goes with the strategies 'exhaustive' and 'dpor', not 'random'")
        self.refused(usage("--strategy", "bounded", "--resume", self.file), "--resume goes with the strategies 'exhaustive' and 'dpor', not 'bounded'")
        self.refused(usage("--checkpoint-every", "1s"), "needs it")
        self.refused(usage("--checkpoint", self.file, "--checkpoint-every", "often"), "--checkpoint-every cannot be 'often'")
        self.refused(usage("--checkpoint", self.file, "--design", "no-lock"), "--checkpoint is for one scenario on one design, not for 1 scenario on 2 designs")

    def test_a_full_disk_is_a_note_and_the_run_goes_on(self):
        whole = told(self.check())

        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

        full = subprocess.run([LOCKWEAVE, "check", self.scenario, "--design", "textbook", "--strategy", "exhaustive", "--json", "-", "--checkpoint", self.file,
                               "--checkpoint-every", "5ms"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=small_files, timeout=120 * PATIENCE)
        report = told(full)
        notes = [note for note in report["notes"] if "could not be written" in note]
        self.assertEqual(len(notes), 1, report["notes"])
        self.assertIn("File too large", notes[0])
        report["notes"].remove(notes[0])
        self.assertEqual(report, whole)
        self.assertEqual(self.left_behind(), [])
        self.assertFalse(os.path.exists(self.file))


if __name__ == "__main__":
    unittest.main()
