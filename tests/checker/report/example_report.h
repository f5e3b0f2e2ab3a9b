// A report made by hand, in which every part of a report has something in it.
#pragma once

#include "checker/report/report.h"

namespace lockweave::testing {

inline trace::TraceStep step(std::uint32_t number, ThreadNumber thread, std::string file, std::uint32_t line, std::string function, std::string source,
                             std::string operation, std::string object, std::string switched = "", std::vector<std::string> effects = {}) {
  return {.step = number, .thread = thread, .kind = ChoiceKind::Run, .file = std::move(file), .line = line, .function = std::move(function),
          .source = std::move(source), .operation = std::move(operation), .object = std::move(object), .switched = std::move(switched),
          .effects = std::move(effects)};
}

inline trace::Trace example_trace() {
  const std::string importlib = "/usr/lib/python3.12/importlib/_bootstrap.py";
  trace::Trace trace;
  trace.thread_names = {"MainThread", "Thread-1 (load_a)", "Thread-2 (load_b)"};
  trace.preemptions = 1;
  trace.steps = {
      step(1, 0, "main.py", 13, "<module>", "    thread.start()", "start", "Thread-1 (load_a)"),
      step(2, 0, "main.py", 13, "<module>", "    thread.start()", "start", "Thread-2 (load_b)"),
      step(3, 1, "main.py", 5, "load_a", "    import a", "read", "sys.modules['a']", "waits", {"write sys.modules['a']", "read a.__spec__"}),
      step(4, 2, importlib, 1360, "_find_and_load", "        with _ModuleLockManager(name):", "acquire", "_ModuleLock('b')", "preempted"),
      step(5, 2, importlib, 1361, "_find_and_load", "            module = sys.modules.get(name, _NEEDS_LOADING)", "read",
           "sys.modules['a_package_with_a_long_name.and_a_submodule']"),
      step(6, 1, importlib, 1360, "_find_and_load", "        with _ModuleLockManager(name):", "wait", "_ModuleLock('b')", "released"),
      step(7, 2, importlib, 1360, "_find_and_load", "        with _ModuleLockManager(name):", "wait", "_ModuleLock('a')", "waits"),
  };
  trace.steps[5].kind = ChoiceKind::Run;
  return trace;
}

inline report::Report example_report() {
  report::Report report;
  report.scenario = "specs/scenarios/ring.txtar";
  report.title = "Two threads import modules that import each other";
  report.design = "cpython-3.12";
  report.replay_command = "lockweave replay specs/scenarios/ring.txtar --design cpython-3.12";
  report.strategy = "exhaustive";
  report.verdict = Verdict::Fail;
  report.complete = true;
  report.violations = {
      {.property = "deadlock",
       .message = "these threads wait for each other, each for the next\n"
                  "Thread-1 (load_a) holds _ModuleLock('a') and waits for _ModuleLock('b') (importing 'b')\n    at main.py:5 > a.py:1\n"
                  "Thread-2 (load_b) holds _ModuleLock('b') and waits for _ModuleLock('a') (importing 'a')\n    at main.py:9 > b.py:1",
       .preemptions = 1,
       .minimal = true,
       .schedule = "lw1.3f9a22c1.77b0e1d4.0x2-1-2x2-1-2.5e21aa",
       .loop_begin = 0,
       .trace = example_trace()},
      {.property = "sometimes", .message = "no execution reaches reached at main.py:3", .preemptions = 0, .minimal = true, .schedule = "", .loop_begin = 0, .trace = {}}};
  report.has_outcomes = true;
  report.outcomes = {{.outcome = {.threads = {{0, "MainThread", "blocked", "one\ntwo\n"}, {1, "Thread-1 (load_a)", "exception: KeyError", ""}},
                                  .modules = {{"a", "partial"}, {"b", "complete"}},
                                  .ordered_output = {}},
                      .schedule = "lw1.3f9a22c1.77b0e1d4.0x2-1.5e21aa"}};
  report.stats = {.states = 12345, .transitions = 23456, .executions = 4, .deadlocked = 1, .sleep_blocked = 0, .max_depth = 99, .seconds = 0.25, .peak_bytes = 3 << 20};
  report.notes = {"strategy exhaustive: it explores everything"};
  return report;
}

}  // namespace lockweave::testing
