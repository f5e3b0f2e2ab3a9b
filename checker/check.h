// One system checked: strategy chosen and run, counterexamples replayed and told in words. What the command line calls.
#pragma once

#include <string>
#include <vector>

#include "checker/explore/explorer.h"
#include "checker/trace/schedule.h"
#include "checker/trace/trace.h"
#include "checker/verdict.h"
#include "model/system.h"

namespace lockweave {

struct CheckOptions {
  explore::Strategy strategy = explore::Strategy::Auto;
  explore::ExploreOptions explore;   // properties, budget, seed, bound, timeouts, outcomes, keep_going, progress
  trace::ScheduleOrigin origin;      // what the schedules belong to
};

struct CheckedViolation {
  PropertyWord property;
  std::string message;
  std::uint32_t preemptions = 0;
  bool minimal = false;
  std::vector<Choice> choices;
  std::string schedule;              // the same, printable; empty for what no execution shows (`sometimes`)
  std::size_t loop_begin = 0;        // if not 0: steps after this many repeat for ever
  trace::Trace trace;
};

struct CheckedOutcome {
  Outcome outcome;
  std::vector<Choice> choices;
  std::string schedule;
};

struct CheckResult {
  Verdict verdict = Verdict::Pass;
  bool complete = false;
  std::string strategy;
  std::vector<PropertyWord> unchecked;
  std::vector<CheckedViolation> violations;  // simplest first; one of each property, or one in all (keep_going)
  std::vector<CheckedOutcome> outcomes;
  explore::Stats stats;
  std::vector<std::string> notes;            // lines: the strategy and why, what is not covered
  std::string error;                         // verdict error: the rendered diagnostic
  std::string error_schedule;                // and how to get there
};

// Requires: the system is at rest; afterwards it stands anywhere.
CheckResult check(System& system, const CheckOptions& options);

}  // namespace lockweave
