// What reports tell of one cell (a scenario on a design): plain data. The command line fills it from what the checker
// found; reports cannot reach a state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/trace/trace.h"
#include "checker/verdict.h"
#include "model/step.h"

namespace lockweave::report {

struct Violation {
  std::string property;        // its word
  std::string message;         // may have several lines
  std::uint32_t preemptions = 0;
  bool minimal = false;        // nothing simpler exists: proved
  std::string schedule;        // empty for what no execution shows
  std::uint64_t loop_begin = 0;  // if not 0: the steps after this many repeat for ever
  trace::Trace trace;
};

struct ReachedOutcome {
  Outcome outcome;
  std::string schedule;
};

struct Stats {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  std::uint64_t executions = 0;
  std::uint64_t deadlocked = 0;
  std::uint64_t sleep_blocked = 0;
  std::uint64_t max_depth = 0;
  double seconds = 0;
  std::uint64_t peak_bytes = 0;
};

// What [expect] says, in a matrix.
struct Expectation {
  std::vector<std::string> failing;  // none: "pass"
  bool met = false;
};

struct Report {
  std::string scenario;        // the path, as it was given
  std::string title;
  std::string design;          // what --design takes; a name or a path
  std::string replay_command;  // up to and without `--schedule`
  std::string strategy;
  Verdict verdict = Verdict::Pass;
  bool complete = false;
  std::vector<std::string> unchecked;
  std::vector<Violation> violations;  // simplest first
  bool has_outcomes = false;          // were they asked for?
  bool is_ordered = false;            // and is the order of what is printed part of them?
  std::vector<ReachedOutcome> outcomes;
  Stats stats;
  std::vector<std::string> notes;
  std::string error;           // verdict error: the rendered diagnostic
  std::string error_schedule;
  std::optional<Expectation> expectation;
};

// The one command line that repeats a schedule of this cell.
std::string replay_line(const Report& report, const std::string& schedule);

}  // namespace lockweave::report
