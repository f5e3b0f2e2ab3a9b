// Executions on which a function given to `lockweave.eventually` never comes to hold after it was stated: they end without it
// (also in a deadlock), or they go round for ever, fairly, where it does not hold.
//
// Whether an obligation is met is no part of a state. What matters are the states that some execution reaches with the obligation
// unmet, and the transitions between them that do not meet it: in that part of the graph an end is a violation, and a fair cycle is.
//
// Requires: as FairCycles. A violation in a graph explored in part is one of the whole.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "checker/explore/fair_cycles.h"
#include "checker/explore/obligations.h"
#include "checker/explore/state_graph.h"

namespace lockweave::explore {

class Unmet {
 public:
  // The graph outlives it.
  Unmet(const StateGraph& graph, Obligations::Number obligation, Fairness fairness, std::uint64_t spare_bytes);

  bool was_judged() const { return cycles_->was_judged(); }
  bool is_violated() const { return violated_; }
  // An execution that stands there with the obligation unmet can leave it so.
  bool can_stay_unmet(StateNumber state) const { return bad_[state]; }
  bool is_end(StateNumber state) const;
  // Requires: can_stay_unmet(state), and not is_end(state).
  std::vector<Choice> loop_from(StateNumber state) const { return cycles_->loop_from(state); }
  // Some execution to where it can stay unmet. Requires: is_violated().
  std::vector<Choice> some_way() const;
  // Is it unmet after a transition, if it was or was not before?
  bool after(bool unmet, std::uint32_t transition) const;
  std::size_t bytes() const { return (states_.size() + bad_.size() + meeting_.size() + stating_.size()) / 8; }

 private:
  void find_states();

  const StateGraph& graph_;
  std::vector<bool> meeting_;  // by transition: meets the obligation
  std::vector<bool> stating_;  // by transition: states it, and does not meet it
  std::vector<bool> states_;   // by state: some execution is there with the obligation unmet
  std::vector<bool> bad_;
  bool violated_ = false;
  std::unique_ptr<FairCycles> cycles_;
};

}  // namespace lockweave::explore
