// What the tool's exit status says.
#pragma once

namespace lockweave::cli {

enum ExitStatus : int {
  exit_success = 0,      // everything holds, the exploration was complete, every expectation met, replay the same
  exit_violation = 1,    // a violation, an unmet expectation, a replay that differs
  exit_bad_input = 2,    // usage error or bad input
  exit_incomplete = 3,   // no violation found, but not everything was explored or judged
  exit_our_mistake = 70  // Lockweave itself is at fault
};

}  // namespace lockweave::cli
