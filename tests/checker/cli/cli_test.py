#!/usr/bin/env python3
"""The command line as its user meets it: messages, exit statuses, what goes to which stream.

    cli_test.py [PATTERN]        only the tests whose names contain it
"""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
BINARY = os.environ.get("LOCKWEAVE_BINARY") or os.path.join(ROOT, "build", "lockweave")
RING = os.path.join("specs", "scenarios", "circular_import.txtar")

ENDLESS = "-- main.py --\nn = 0\nwhile True:\n    n += 1\n"
FINE = "-- main.py --\nimport m\nprint(m.x)\n-- m.py --\nx = 1\n"
FAILS = "-- main.py --\nraise KeyError('gone')\n"
UNSUPPORTED = "-- main.py --\nprint(1)\nopen('a file', 'r+')\n"
CHOICE = "-- main.py --\nimport lockweave\nif lockweave.choose(2):\n    print('one')\nelse:\n    print('other')\n"
RACE = ("-- main.py --\nimport threading\nn = 0\ndef add():\n    global n\n    m = n\n    print(m)\n    n = m + 1\n"
        "threads = [threading.Thread(target=add) for _ in range(2)]\n"
        "for t in threads: t.start()\nfor t in threads: t.join()\nassert n == 2\n")


class Answer:
    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout.decode(errors="replace")
        self.err = process.stderr.decode(errors="replace")

    def __repr__(self):
        return "status %d\n--- stdout\n%s--- stderr\n%s" % (self.status, self.out[-2000:], self.err[-2000:])


PATIENCE = int(os.environ.get("LOCKWEAVE_TEST_PATIENCE", "1"))  # how much slower than usual the tool may be


def run(*arguments, seconds=30):
    process = subprocess.run([BINARY] + list(arguments), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, timeout=seconds * PATIENCE)
    return Answer(process)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, text):
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def read(self, name):
        with open(os.path.join(self.folder.name, name), encoding="utf-8") as file:
            return file.read()

    def check_status(self, answer, status):
        self.assertEqual(answer.status, status, answer)

    def check_refused(self, answer, *words):
        """Exit status 2, one message on stderr, nothing on stdout."""
        self.check_status(answer, 2)
        self.assertEqual(len(re.findall(r"\berror: ", answer.err)), 1, answer)
        self.assertEqual(answer.out, "", answer)
        for word in words:
            self.assertIn(word, answer.err, answer)


class Usage(CommandLine):
    def test_mistyped_words_are_met_with_the_nearest(self):
        self.check_refused(run("chek", RING), "'chek'", "'check'")
        self.check_refused(run("check", RING, "--keep-goin"), "'--keep-goin'", "'--keep-going'")
        self.check_refused(run("check", RING, "--strategy", "bonded"), "'bonded'", "'bounded'")
        self.check_refused(run("check", RING, "--design", "textbok"), "'textbok'", "'textbook'")
        self.check_refused(run("check", RING, "--format", "jsn"), "'jsn'", "'json'")
        self.check_refused(run("check", RING, "--progress", "nver"), "'nver'", "'never'")
        property_typo = self.file("typo.txtar", '-- scenario.toml --\n[expect]\n"*" = "deadlok"\n-- main.py --\n')
        self.check_refused(run("check", property_typo), "'deadlok'", "'deadlock'")

    def test_values_are_named(self):
        for option, value in (("--max-states", "many"), ("--max-memory", "12parrots"), ("--max-time", "soon"), ("--seed", "lucky"),
                              ("--jobs", "0"), ("--preemptions", "-1"), ("--max-states", "9" * 40)):
            self.check_refused(run("check", RING, option, value), option, value)

    def test_what_is_not_there_yet_says_so(self):
        for words in (["--html", "out.html"],):
            self.check_refused(run("check", RING, *words), words[0], "not available in this version")

    def test_missing_things(self):
        self.check_refused(run())
        self.check_refused(run("check"))
        self.check_refused(run("matrix"))
        self.check_refused(run("outcomes"))
        self.check_refused(run("replay"))
        self.check_refused(run("check", "nowhere.txtar"), "nowhere.txtar")
        self.check_refused(run("check", RING, "--design"))
        self.check_refused(run("check", RING, "--design", ""))
        self.check_refused(run("check", RING, "--design", "jython-*"))
        self.check_refused(run("check", RING, "--json", "/nonexistent/folder/out.json"), "/nonexistent/folder/out.json")
        self.check_refused(run("replay", RING, "--design", "textbook"), "--schedule")
        self.check_refused(run("replay", RING, "--design", "textbook", "--schedule", ""), "schedule")

    def test_options_of_another_strategy(self):
        """Refused, with the strategies that they go with."""
        for option, strategies, goes_with in (
                (["--preemptions", "2"], ("exhaustive", "dpor", "random", "random-pct"), "--strategy bounded"),
                (["--seed", "2"], ("auto", "exhaustive", "dpor", "bounded"), "--strategy random or --strategy random-pct"),
                (["--walks", "2"], ("auto", "exhaustive", "dpor", "bounded"), "--strategy random or --strategy random-pct"),
                (["--pct-depth", "2"], ("auto", "exhaustive", "dpor", "bounded", "random"), "--strategy random-pct"),
                (["--fairness", "weak"], ("dpor", "random", "random-pct"), "--strategy exhaustive or --strategy bounded"),
                (["--fairness", "strong"], ("dpor", "random", "random-pct"), "--strategy exhaustive or --strategy bounded")):
            for strategy in strategies:
                answer = run("check", RING, "--strategy", strategy, *option)
                self.check_refused(answer, "%s and the strategy '%s' do not go together" % (option[0], strategy), goes_with)
        self.check_refused(run("check", RING, "--seed", "2"), "--seed", "'auto'")

    def test_importlibs_own_modules_are_made_before_the_program_starts(self):
        other = self.file("other.txtar", "-- main.py --\nimport importlib, threading\ndef load():\n    import importlib._bootstrap, importlib._bootstrap_external\n"
                          "t = threading.Thread(target=load)\nt.start()\nt.join()\n")
        for design in ("textbook", "no-lock", "per-module"):
            self.check_status(run("check", other, "--design", design), 0)

    def test_fairness_decides_whether_a_starved_waiter_counts(self):
        starves = self.file("starves.txtar", "-- main.py --\nimport threading\nlock = threading.Lock()\ndone = False\n"
                            "def busy():\n    while not done:\n        lock.acquire()\n        lock.release()\n"
                            "def once():\n    global done\n    lock.acquire()\n    done = True\n    lock.release()\n"
                            "threads = [threading.Thread(target=f) for f in (busy, once)]\n"
                            "for t in threads: t.start()\nfor t in threads: t.join()\n")
        self.check_status(run("check", starves, "--design", "textbook"), 0)
        answer = run("check", starves, "--design", "textbook", "--fairness", "weak", "--json", "-")
        self.check_status(answer, 1)
        violation = json.loads(answer.out)["violations"][0]
        self.assertEqual(violation["property"], "livelock")
        self.assertTrue(0 < violation["loop_begin"] < len(violation["trace"]))
        self.assertIn("every thread that can go on all the time takes part", violation["message"])

    def test_outcomes_runs_on_one_design(self):
        self.check_refused(run("outcomes", RING, "--design", "textbook", "--design", "no-lock"), "one design")

    def test_text_and_json_do_not_mix(self):
        self.check_refused(run("check", RING, "--format", "text", "--json", "-"), "--json FILE")

    def test_help_has_examples(self):
        for command in ("check", "outcomes", "matrix", "replay"):
            answer = run(command, "--help")
            self.check_status(answer, 0)
            self.assertIn("Examples:\n  lockweave " + command, answer.out)
            self.assertNotIn("--html", answer.out)
        answer = run("--help")
        self.assertNotRegex(answer.out, r"\n  run ")
        self.check_status(run("--version"), 0)


class Check(CommandLine):
    def test_statuses(self):
        self.check_status(run("check", self.file("fine.txtar", FINE), "--design", "textbook"), 0)
        self.check_status(run("check", self.file("fails.txtar", FAILS), "--design", "textbook"), 1)
        self.check_status(run("check", self.file("endless.txtar", ENDLESS), "--design", "textbook", "--max-states", "100"), 3)
        answer = run("check", self.file("unsupported.txtar", UNSUPPORTED), "--design", "textbook")
        self.check_status(answer, 2)
        self.assertRegex(answer.err, r"main\.py:2:\d+: error: ")

    def test_the_worst_of_several_counts(self):
        fine, fails = self.file("fine.txtar", FINE), self.file("fails.txtar", FAILS)
        endless, unsupported = self.file("endless.txtar", ENDLESS), self.file("unsupported.txtar", UNSUPPORTED)
        few = ["--design", "textbook", "--max-states", "100"]
        self.check_status(run("check", fine, endless, *few), 3)
        self.check_status(run("check", endless, fails, fine, *few), 1)
        self.check_status(run("check", fails, unsupported, *few), 2)

    def test_the_circular_import(self):
        answer = run("check", RING, "--design", "no-lock", "--keep-going")
        self.check_status(answer, 1)
        self.assertTrue(answer.out.startswith(RING + " × no-lock: fail ("), answer)
        self.assertIn("duplicate-init", answer.out.splitlines()[0])
        self.check_status(run("check", RING, "--design", "textbook"), 0)

    def test_without_a_design_it_runs_on_the_newest_python(self):
        answer = run("check", RING)
        if answer.status == 2:
            self.skipTest(answer.err.strip())
        self.assertRegex(answer.out.splitlines()[0], r"× cpython-3\.\d+: fail")

    def test_a_failure_ends_with_its_replay(self):
        answer = run("check", RING, "--design", "no-lock")
        last = answer.out.splitlines()[-1]
        self.assertTrue(last.startswith("replay: lockweave replay " + RING + " --design no-lock --schedule "), answer)
        again = run(*shlex.split(last[len("replay: lockweave "):]))
        self.check_status(again, 0)
        word = re.search(r"fail \((.*)\)", answer.out.splitlines()[0]).group(1)
        self.assertRegex(again.out, r"(?m)^%s \(step \d+\): " % word)

    def test_json_on_standard_output_is_alone(self):
        answer = run("check", RING, "--design", "no-lock", "--design", "textbook", "--json", "-")
        self.check_status(answer, 1)
        lines = answer.out.splitlines()
        self.assertEqual([json.loads(line)["verdict"] for line in lines], ["fail", "pass"])
        self.assertEqual(run("check", RING, "--design", "textbook", "--format", "json").out.count("\n"), 1)

    def test_json_to_a_file_leaves_the_text(self):
        path = os.path.join(self.folder.name, "out.json")
        answer = run("check", RING, "--design", "no-lock", "--json", path)
        self.assertIn("× no-lock: fail", answer.out)
        self.assertEqual(json.loads(self.read("out.json"))["design"], "no-lock")

    def test_the_same_again_is_the_same(self):
        reports = [json.loads(run("check", RING, "--design", "no-lock", "--keep-going", "--json", "-", "--jobs", jobs).out) for jobs in "112"]
        for report in reports:
            del report["stats"]["seconds"], report["stats"]["peak_bytes"]
        self.assertEqual(reports[0], reports[1])
        self.assertEqual(reports[0], reports[2])

    def test_a_folder_of_scenarios(self):
        self.file("many/fine.txtar", FINE)
        self.file("many/fails/main.py", "raise KeyError\n")
        answer = run("check", os.path.join(self.folder.name, "many"), "--design", "textbook", "--json", "-")
        self.assertEqual([json.loads(line)["verdict"] for line in answer.out.splitlines()], ["fail", "pass"])

    def test_every_strategy_ends_with_a_report_when_memory_is_spent(self):
        for strategy in ("auto", "exhaustive", "dpor", "bounded", "random", "random-pct"):
            answer = run("check", RING, "--design", "textbook", "--strategy", strategy, "--max-memory", "300K")
            self.check_status(answer, 3)
            self.assertIn("the limit of memory is reached", " ".join(answer.out.split()), answer)

    def test_a_spent_budget_reports_what_is_known(self):
        endless = self.file("endless.txtar", ENDLESS)
        for option, value, limit in (("--max-states", "40", "states"), ("--max-time", "1s", "time"), ("--max-memory", "600K", "memory")):
            answer = run("check", endless, "--design", "textbook", option, value)
            self.check_status(answer, 3)
            self.assertIn("incomplete", answer.out)
            self.assertIn("not complete: the limit of %s is reached" % limit, answer.out)
            self.assertRegex(answer.out, r"explored in part: [\d,]+ states")

    def test_an_exception_is_named_once(self):
        answer = run("check", self.file("fails.txtar", FAILS), "--design", "textbook")
        self.assertIn("MainThread ended with KeyError: 'gone'", answer.out)

    def test_every_step_has_words(self):
        answer = run("check", self.file("fails.txtar", FAILS), "--design", "textbook", "--json", "-")
        for step in json.loads(answer.out)["violations"][0]["trace"]:
            self.assertTrue(step["operation"], step)

    def test_an_interrupt_reports_what_is_known(self):
        endless = self.file("endless.txtar", ENDLESS)
        with subprocess.Popen([BINARY, "check", endless, "--design", "textbook"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            try:
                out, err = process.communicate(timeout=20 * PATIENCE)
            finally:
                process.kill()
        self.assertEqual(process.returncode, 3, err)
        self.assertIn("interrupted", out.decode())

    def test_a_second_interrupt_ends_at_once(self):
        endless = self.file("endless.txtar", ENDLESS)
        for strategy in ("exhaustive", "dpor", "bounded", "random"):
            with self.subTest(strategy=strategy):
                walks = ["--walks", "100000000"] if strategy == "random" else []
                with subprocess.Popen([BINARY, "check", endless, "--design", "textbook", "--strategy", strategy, *walks], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                    time.sleep(0.5 * PATIENCE)
                    running = process.poll() is None
                    begin = time.monotonic()
                    process.send_signal(signal.SIGINT)
                    process.send_signal(signal.SIGINT)
                    try:
                        process.communicate(timeout=20 * PATIENCE)
                    finally:
                        process.kill()
                self.assertLess(time.monotonic() - begin, 5 * PATIENCE)
                if running:
                    self.assertEqual(process.returncode, 3)

    def test_the_seed_decides(self):
        race = self.file("race.txtar", RACE)
        one, two = (run("check", race, "--design", "textbook", "--strategy", "random", "--seed", "7", "--json", "-").out for _ in range(2))
        self.assertEqual([json.loads(text)["violations"] for text in (one,)], [json.loads(text)["violations"] for text in (two,)])


class Outcomes(CommandLine):
    def test_every_end_is_listed_once(self):
        answer = run("outcomes", self.file("choice.txtar", CHOICE), "--design", "textbook", "--json", "-")
        self.check_status(answer, 0)
        outcomes = json.loads(answer.out)["outcomes"]
        self.assertEqual(sorted(outcome["stdout"] for outcome in outcomes), ["one\n", "other\n"])

    def test_each_has_a_schedule_that_leads_there(self):
        choice = self.file("choice.txtar", CHOICE)
        path = os.path.join(self.folder.name, "out.json")
        self.check_status(run("outcomes", choice, "--design", "textbook", "--json", path), 0)
        answer = run("replay", path)
        self.check_status(answer, 0)
        self.assertIn("2 schedules replayed, the same again", answer.out)

    def test_the_order_of_output_counts_only_when_asked(self):
        text = "-- main.py --\nimport threading\nts = [threading.Thread(target=print, args=(i,)) for i in range(2)]\n" \
               "for t in ts: t.start()\nfor t in ts: t.join()\n"
        scenario = self.file("prints.txtar", text)
        for options, count in (([], 1), (["--order"], 2)):
            answer = run("outcomes", scenario, "--design", "textbook", "--json", "-", *options)
            self.assertEqual(len(json.loads(answer.out)["outcomes"]), count, answer)

    def test_incomplete_is_3(self):
        self.check_status(run("outcomes", self.file("endless.txtar", ENDLESS), "--design", "textbook", "--max-states", "50"), 3)


class Matrix(CommandLine):
    EXPECT = '-- scenario.toml --\n[expect]\n"%s" = %s\n'

    def test_all_as_expected(self):
        answer = run("matrix", RING, "--design", "no-lock", "--design", "textbook", "--design", "global-lock")
        self.check_status(answer, 0)
        self.assertIn("3 cells: 3 as expected, 0 not as expected", answer.out)

    def test_another_word_than_expected(self):
        scenario = self.file("wrong.txtar", self.EXPECT % ("*", '"pass"') + FAILS)
        answer = run("matrix", scenario, "--design", "textbook")
        self.check_status(answer, 1)
        self.assertIn("expected pass", answer.out)
        self.assertIn("found    fail: exception", answer.out)

    def test_an_incomplete_exploration_meets_nothing(self):
        scenario = self.file("endless.txtar", self.EXPECT % ("*", '"pass"') + ENDLESS)
        self.check_status(run("matrix", scenario, "--design", "textbook", "--max-states", "50"), 1)
        allowed = self.file("allowed.txtar", self.EXPECT.replace("[expect]", '[bounds]\nincomplete_ok = ["text*"]\n[expect]') % ("*", '"pass"') + ENDLESS)
        self.check_status(run("matrix", allowed, "--design", "textbook", "--max-states", "50"), 0)

    def test_other_designs_than_the_scenario_is_meant_for_are_left_out(self):
        scenario = self.file("some.txtar", '-- scenario.toml --\ndesigns = ["no-*"]\n' + FINE)
        answer = run("matrix", scenario, "--design", "no-lock", "--design", "textbook", "--json", "-")
        self.assertEqual([json.loads(line)["design"] for line in answer.out.splitlines()], ["no-lock"])

    def test_jobs_change_nothing(self):
        one, two = (run("matrix", RING, "--design", "no-lock", "--design", "textbook", "--jobs", jobs).out for jobs in "12")
        self.assertEqual(one, two)


class Replay(CommandLine):
    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.folder.name, "report.json")
        answer = run("check", RING, "--design", "no-lock", "--keep-going", "--json", self.path)
        self.text = self.file("trace.txt", answer.out)
        self.check_status(answer, 1)

    def test_a_json_report(self):
        answer = run("replay", self.path)
        self.check_status(answer, 0)
        self.assertIn("the same again", answer.out)

    def test_a_text_trace(self):
        answer = run("replay", self.text)
        self.check_status(answer, 0)
        self.assertIn("the same again", answer.out)

    def test_a_report_that_was_changed_differs_and_where(self):
        report = json.loads(self.read("report.json"))
        report["violations"][0]["trace"][2]["line"] += 1
        answer = run("replay", self.file("changed.json", json.dumps(report)))
        self.check_status(answer, 1)
        self.assertIn("differs: step 3 differs", answer.out)
        lines = self.read("trace.txt").splitlines(keepends=True)
        at = next(i for i, line in enumerate(lines) if "main.py:" in line)
        lines[at] = lines[at].replace("main.py:", "main.py:1")
        self.check_status(run("replay", self.file("changed.txt", "".join(lines))), 1)

    def test_a_schedule_of_another_design(self):
        schedule = json.loads(self.read("report.json"))["violations"][0]["schedule"]
        self.check_refused(run("replay", RING, "--design", "textbook", "--schedule", schedule), "design")
        self.check_refused(run("replay", RING, "--design", "no-lock", "--schedule", schedule[:-1]))

    def test_what_is_no_report(self):
        self.check_refused(run("replay", "nowhere.json"), "nowhere.json")
        self.check_refused(run("replay", self.file("letter.txt", "Dear Sir\n")), "letter.txt")
        self.check_refused(run("replay", self.file("half.json", self.read("report.json")[:500])), "half.json")


class RunOnce(CommandLine):
    def test_a_plain_file(self):
        answer = run("run", self.file("hello.py", "print('hello')\n"), "--design", "textbook")
        self.assertEqual((answer.status, answer.out, answer.err), (0, "hello\n", ""))

    def test_an_exception_is_the_last_line(self):
        answer = run("run", self.file("fails.py", "print(1)\nraise ValueError('no')\n"), "--design", "textbook")
        self.check_status(answer, 1)
        self.assertEqual(answer.out, "1\n")
        self.assertEqual(answer.err.splitlines()[-1], "ValueError: no")


if __name__ == "__main__":
    if not os.path.exists(BINARY):
        print("no lockweave binary: set LOCKWEAVE_BINARY or build into build/")
        sys.exit(77)
    if len(sys.argv) == 2 and not sys.argv[1].startswith("-"):
        sys.argv[1:] = ["-k", sys.argv[1]]
    unittest.main()
