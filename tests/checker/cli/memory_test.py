"""--max-memory holds for the whole process, whatever it explores with; --spill and --fingerprints make room.

LOCKWEAVE_BINARY is the tool.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import tempfile
import unittest

LOCKWEAVE = os.environ["LOCKWEAVE_BINARY"]
SOURCE = os.environ["LOCKWEAVE_SOURCE_DIR"]
PATIENCE = float(os.environ.get("LOCKWEAVE_TEST_PATIENCE", "1"))

# Four threads that count: some millions of states, each simple.
LARGE = """Four threads that count to eight, each in a variable that the others look at.
-- main.py --
import threading
seen = [0, 0, 0, 0]
def work(n):
    for i in range(8):
        seen[n] = seen[(n + 1) % 4] + i
threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads: t.start()
for t in threads: t.join()
"""
SMALL = LARGE.replace("range(8)", "range(2)").replace("range(4)", "range(3)").replace("% 4", "% 3")
LOSES = SMALL.replace("for t in threads: t.join()\n", "for t in threads: t.join()\nassert seen[0] != 3, seen\n")


class Memory(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def scenario(self, text):
        path = os.path.join(self.folder, "scenario.txtar")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def check(self, text, *options):
        """The report, the exit status, and the bytes that the process had at most."""
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen([LOCKWEAVE, "check", self.scenario(text), "--design", "textbook", "--json", "-", *options], stdout=output, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            errors.seek(0)
            said = errors.read().decode()
            self.assertIn(process.returncode, (0, 1, 3), said)
            return json.loads(output.read()), process.returncode, usage.ru_maxrss * 1024

    @unittest.skipIf(PATIENCE > 1, "a sanitizer needs memory of its own")
    def test_the_limit_of_memory_holds_for_the_process_in_every_strategy(self):
        for options in (["--strategy", "exhaustive"], ["--strategy", "bounded", "--preemptions", "30"], ["--strategy", "exhaustive", "--fingerprints"],
                        ["--strategy", "exhaustive", "--jobs", "2"], ["--strategy", "auto"]):
            with self.subTest(options=options):
                limit = 60 << 20
                report, status, peak = self.check(LARGE, "--max-memory", "60M", "--max-time", "60s", *options)
                self.assertEqual((report["verdict"], status), ("incomplete", 3), report["notes"])
                self.assertTrue(any(note.startswith("not complete: the limit of memory is reached") for note in report["notes"]), report["notes"])
                self.assertLess(peak, limit * 1.1)
                # And it is made use of.
                self.assertGreater(peak, limit * 0.8)

    @unittest.skipIf(PATIENCE > 1, "a sanitizer needs memory of its own")
    def test_states_that_memory_has_no_room_for_go_into_a_file_that_is_gone_afterwards(self):
        spill = os.path.join(self.folder, "spill")
        os.mkdir(spill)
        larger = LARGE.replace("range(8)", "range(12)")
        kept, _, _ = self.check(larger, "--max-memory", "110M", "--strategy", "exhaustive", "--max-time", "60s")
        spilled, _, peak = self.check(larger, "--max-memory", "110M", "--spill", spill, "--max-time", "60s")
        # How much further it comes depends on what must stay: the machine, its tables, the index.
        self.assertGreater(spilled["stats"]["states"], kept["stats"]["states"] * 11 // 10)
        notes = " ".join(spilled["notes"])
        self.assertIn("of states lay in a file", notes)
        # The file's own pages can be in memory besides, when the end is judged.
        in_file = int(re.search(r"(\d+) MiB of states lay in a file", notes).group(1)) << 20
        self.assertLess(peak, (110 << 20) * 1.1 + in_file)
        self.assertEqual(os.listdir(spill), [])

    def test_a_spilled_run_tells_the_same(self):
        for text in (SMALL, LOSES):
            with self.subTest(loses=text is LOSES):
                plain, status, _ = self.check(text, "--strategy", "exhaustive")
                spilled, spilled_status, _ = self.check(text, "--spill", self.folder)
                for report in (plain, spilled):
                    del report["stats"]["seconds"], report["stats"]["peak_bytes"]
                self.assertEqual((plain, status), (spilled, spilled_status))

    def test_serializable_references_do_not_depend_on_what_was_explored_before(self):
        scenario = os.path.join(SOURCE, "specs", "scenarios", "properties", "stale_module_fails.txtar")
        reports = []
        for options in ([], ["--spill", self.folder], ["--without", "remembered-steps"]):
            done = subprocess.run([LOCKWEAVE, "check", scenario, "--design", "cpython-3.12", "--strategy", "exhaustive", "--keep-going", "--serializable",
                                   "--json", "-", *options], capture_output=True, text=True, timeout=60 * PATIENCE)
            if done.returncode == 2 and "cpython-3.12" in done.stderr:
                self.skipTest("no such interpreter here")
            self.assertEqual(done.returncode, 1, done.stderr)
            reports.append(json.loads(done.stdout)["violations"])
        self.assertEqual(reports[0], reports[1])
        self.assertEqual(reports[0], reports[2])
        message = next(v["message"] for v in reports[0] if v["property"] == "unserializable")
        self.assertTrue(message.startswith("none of the 1 outcomes"), message)

    def test_a_full_disk_is_said_and_the_run_goes_on(self):
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

        done = subprocess.run([LOCKWEAVE, "check", self.scenario(SMALL), "--design", "textbook", "--spill", self.folder, "--json", "-"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=small_files, timeout=60 * PATIENCE)
        report = json.loads(done.stdout)
        self.assertEqual(report["verdict"], "pass")
        self.assertTrue(any("cannot grow: File too large" in note for note in report["notes"]), report["notes"])

    def test_fingerprints_say_how_much_they_may_have_missed(self):
        plain, _, _ = self.check(SMALL, "--strategy", "exhaustive", "--without", "sleep-sets", "--without", "symmetry")  # which need to know more of a state
        report, status, _ = self.check(SMALL, "--fingerprints")
        self.assertEqual((report["verdict"], status, report["complete"]), ("incomplete", 3, False))
        self.assertLessEqual(set(report["unchecked"]), {"livelock"})  # paths of different lengths to one state may be a cycle
        note = next(note for note in report["notes"] if note.startswith("not complete"))
        self.assertRegex(note, r"complete but for an expected [\de.-]+ missed states")
        expected = float(re.search(r"expected ([\de.-]+) missed", note).group(1))
        self.assertAlmostEqual(expected / (report["stats"]["states"] ** 2 / 2 ** 65), 1, delta=0.1)
        for name in ("states", "transitions", "executions", "max_depth"):
            self.assertEqual(report["stats"][name], plain["stats"][name])

    def test_what_fingerprints_find_is_shown_as_without_them(self):
        plain, _, _ = self.check(LOSES, "--strategy", "exhaustive")
        report, status, _ = self.check(LOSES, "--fingerprints")
        self.assertEqual((report["verdict"], status), ("fail", 1))
        self.assertEqual(report["violations"], plain["violations"])

    def test_what_does_not_fit_is_refused_in_words(self):
        path = self.scenario(SMALL)

        def refused(says, *options):
            done = subprocess.run([LOCKWEAVE, "check", path, "--design", "textbook", *options], capture_output=True, text=True, timeout=60 * PATIENCE)
            self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
            self.assertIn(says, done.stderr)
            self.assertLess(len(done.stderr.splitlines()), 6)

        refused("--spill cannot use '%s': No such file or directory" % os.path.join(self.folder, "no"), "--spill", os.path.join(self.folder, "no"))
        refused("--spill cannot use", "--spill", path)
        refused("--spill cannot use '/proc'", "--spill", "/proc")
        refused("--fingerprints goes with the strategy 'exhaustive', not 'bounded'", "--fingerprints", "--preemptions", "2")
        refused("--spill does not go with --fingerprints", "--fingerprints", "--spill", self.folder)
        refused("--checkpoint does not go with --fingerprints", "--fingerprints", "--checkpoint", os.path.join(self.folder, "file"))
        refused("--spill goes with the strategy 'exhaustive', not 'random'", "--spill", self.folder, "--strategy", "random")


if __name__ == "__main__":
    unittest.main()
