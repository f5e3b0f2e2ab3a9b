// Random executions by priorities (PCT: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with
// Probabilistic Guarantees of Finding Bugs", ASPLOS 2010): each thread has a random priority, the highest that can go on
// runs, and at d-1 random steps the running thread falls below all others. With n threads and k steps, one execution finds
// a bug that needs d ordered events with a chance of at least 1/(n·k^(d-1)).
//
// Departures: k is the length of the first execution (which has no change points); a thread's own choices (branches, wake
// up or time out) are drawn evenly.
#pragma once

#include "checker/explore/explorer.h"

namespace lockweave::explore {

class PctExplorer final : public Explorer {
 public:
  explicit PctExplorer(ExploreOptions options) : options_(std::move(options)) {}
  Exploration explore(System& system) override;

 private:
  ExploreOptions options_;
};

}  // namespace lockweave::explore
