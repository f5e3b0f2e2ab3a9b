// Executions that go on for ever although each thread gets its turn: `livelock`, and what `eventually` needs.
//
// Strong fairness: a thread that can step again and again does. A set of states hosts such an execution if it is strongly
// connected, has a transition, and each thread that can step in one of its states has a transition inside. Where a thread can
// step but never does inside, its states are taken out and the rest is looked at again: the emptiness check for Streett
// conditions, Emerson and Lei 1987. Each round takes a thread away, so the time is linear in states and transitions times threads.
// Weak fairness: a thread that can step all the time does. Then a strongly connected set is a host if each thread steps inside
// or cannot step in one of its states; smaller sets need not be looked at.
//
// Requires: an expanded state has all of its transitions in the graph. A graph that is explored in part has only fair cycles
// that the whole one has too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/explore/explorer.h"
#include "checker/explore/state_graph.h"

namespace lockweave::explore {

// A part of a graph. What a thread can do is still what it can do in the whole.
struct Region {
  const std::vector<bool>* states = nullptr;               // only these; null: all
  const std::vector<bool>* left_out_transitions = nullptr;  // by number; null: none
};

class FairCycles {
 public:
  // Needs memory for a moment: nothing where no cycle can be, 8 bytes a state to see that there is none, else up to 80 for each
  // state that is on a cycle or behind one. If that is more than `spare_bytes` it gives up: was_judged() is false.
  // The graph and what the region points to outlive it.
  FairCycles(const StateGraph& graph, Fairness fairness, Region region = {}, std::uint64_t spare_bytes = Budget::kUnlimited);

  bool was_judged() const { return was_judged_; }
  // Every state of a fair cycle, by component. Each component is sorted, and so are they; they are disjoint.
  const std::vector<std::vector<StateNumber>>& components() const { return components_; }
  // A way from the state back to itself that can be repeated for ever: fair, inside the region, short though not always the shortest.
  // Requires: the state is in a component.
  std::vector<Choice> loop_from(StateNumber state) const;

 private:
  using States = std::vector<StateNumber>;

  bool is_in_region(StateNumber state) const { return region_.states == nullptr || (*region_.states)[state]; }
  bool is_in_region(StateNumber target, std::uint32_t transition) const;
  template <typename Visit>
  void for_each_inside(StateNumber state, Visit&& visit) const;
  bool may_have_cycles() const;
  States states_behind_cycles();
  std::vector<States> strong_components_of(const States& states);
  void judge(States component, std::vector<States>& candidates);

  const StateGraph& graph_;
  Fairness fairness_;
  Region region_;
  std::vector<std::uint32_t> place_;  // while searching: by state, its place in the set at hand
  bool was_judged_ = true;
  std::vector<States> components_;
};

}  // namespace lockweave::explore
