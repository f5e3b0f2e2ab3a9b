// What the strategies that store states share: the graph, starting again when the system has learned something, and
// reading the results off the graph.
#pragma once

#include <memory>
#include <optional>

#include "checker/explore/explorer.h"
#include "checker/explore/liveness.h"
#include "checker/explore/preemption_search.h"
#include "checker/explore/serial_reference.h"
#include "checker/explore/state_graph.h"

namespace lockweave::explore {

class GraphRun {
 public:
  // Requires: both outlive the run.
  GraphRun(System& system, const ExploreOptions& options);

  // To the beginning: explores the reference of `unserializable` if it is asked for, empties the graph.
  void start();
  // After Refined: counts it, and starts again.
  void start_again();

  StateGraph& graph() { return *graph_; }
  BudgetWatch& watch() { return watch_; }
  std::size_t bytes() const { return graph_->bytes() + system_.table_bytes(); }

  // Fills what is the same for every strategy. `searched`: the search that found the counterexamples already, or null.
  Exploration conclude(bool complete, std::uint64_t depth, const PreemptionSearch* searched);

 private:
  void judge_liveness(Exploration& result);
  void judge_stated(bool complete, Exploration& result);
  void add_counterexamples(const PreemptionSearch* searched, Exploration& result);
  Counterexample any_way(PropertyWord property);
  void finish(Counterexample& counterexample);
  void fill_outcomes(Exploration& result);

  System& system_;
  const ExploreOptions& options_;
  BudgetWatch watch_;
  property::SerialReference reference_;
  std::unique_ptr<StateGraph> graph_;
  std::unique_ptr<Liveness> liveness_;
  std::uint64_t restarts_ = 0;
  std::uint64_t reference_states_ = 0;

 public:
  ~GraphRun();
};

}  // namespace lockweave::explore
