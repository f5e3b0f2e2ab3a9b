// `livelock`: executions that go round for ever although every thread that can step infinitely often does.
//
// A set of states hosts such an execution if it is strongly connected, has a transition, and each thread that can step
// in one of its states has a transition inside. Where a thread can step but never does inside, its states are taken out
// and the rest is looked at again: the emptiness check for strong fairness (Streett conditions), Emerson and Lei 1987.
//
// Requires a complete graph: what was not expanded would look like an end.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/explore/state_graph.h"

namespace lockweave::explore {

class FairCycles {
 public:
  // Every state of a fair cycle, by component. Components are sorted inside; they are disjoint.
  explicit FairCycles(const StateGraph& graph);

  const std::vector<std::vector<StateNumber>>& components() const { return components_; }
  // A way from the state back to itself that stays in its component and on which each thread steps that can step there.
  // Requires: the state is in a component.
  std::vector<Choice> loop_from(StateNumber state) const;

 private:
  const StateGraph& graph_;
  std::vector<std::vector<StateNumber>> components_;
};

}  // namespace lockweave::explore
