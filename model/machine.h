// One scenario on one design as a System: what the checkers explore. Everything that can be wrong with the scenario's or
// the design's text is found by load(); what is met while running ends a step as StepStatus::Unsupported.
#pragma once

#include <memory>

#include "model/base/result.h"
#include "model/design/design.h"
#include "model/scenario/scenario.h"
#include "model/system.h"

namespace lockweave {

struct MachineOptions {
  bool timeouts_last = false;    // a timed wait gives up only when nothing else can step
  bool ordered_output = false;   // standard output is one location that every print writes
  bool serial_records = false;   // keep what `unserializable` compares
  bool stop_everywhere = false;  // end a step at every switch point, whatever comes next: nothing is merged; for tests
  bool movers = true;            // let the accesses that a lock protects, and releases, go with the operation before them (state/sharing.h)
  bool remember_steps = true;    // look a step up that was run before in the same surroundings (step_memo.h)
  std::uint64_t longest_step = 200'000;  // instructions (docs/step.md); tests take less, so that threads that go round alone cost less
  bool verify_states = false;    // check each encoded state against a walk over everything; slow, for tests
};

class Machine : public System {
 public:
  static Result<std::unique_ptr<Machine>> load(const scenario::Scenario& scenario, const design::Design& design, const MachineOptions& options);

  // What a schedule of this program is good for: the design with all of its texts that the program runs.
  static Fingerprint design_digest(const scenario::Scenario& scenario, const design::Design& design);

  // Runs the program by one fixed schedule to its end (the running thread goes on as long as it can). For tests that
  // compare single-threaded programs with real interpreters.
  struct SingleRun {
    std::string output;
    std::string error;         // "NAME: message" of an exception that left main.py
    std::string unsupported;   // a rendered diagnostic
    std::string traceback;
    bool stuck = false;        // deadlock
  };
  virtual SingleRun run_once(std::uint64_t max_steps) = 0;
};

}  // namespace lockweave
