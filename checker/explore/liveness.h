// `livelock` and `eventually`, read off an explored graph, with the executions that show them: a stem, and where it does not end
// a loop that can repeat for ever.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checker/explore/explorer.h"
#include "checker/explore/fair_cycles.h"
#include "checker/explore/state_graph.h"
#include "checker/explore/unmet.h"

namespace lockweave::explore {

class Liveness {
 public:
  // Judges those of the two that are asked for. States from which an execution can go round for ever are marked in the graph.
  // The graph outlives it.
  Liveness(StateGraph& graph, PropertySet asked, Fairness fairness, std::uint64_t spare_bytes);

  // Asked for, and there was not memory enough.
  PropertySet unjudged() const { return unjudged_; }
  PropertySet broken() const;
  // Sentences for the report.
  std::vector<std::string> notes() const;

  // The simplest execution that leaves an obligation unmet, up to where its loop begins. Requires: broken().has(Eventually).
  Counterexample unmet(std::size_t bytes, const Budget& budget, bool was_stopped);
  // Appends the loop to an execution that ends where it begins, and says so in words. `name_text`: System::name_text.
  void finish(Counterexample& counterexample, System& system) const;

 private:
  void judge_cycles(std::uint64_t spare_bytes);
  void judge_obligations(std::uint64_t spare_bytes);
  void append_loop(Counterexample& counterexample, const std::vector<Choice>& loop) const;
  std::string loop_words(const Counterexample& counterexample) const;

  struct Violated {
    Obligations::Number obligation;
    std::unique_ptr<Unmet> unmet;
  };

  StateGraph& graph_;
  Fairness fairness_;
  PropertySet unjudged_;
  std::unique_ptr<FairCycles> cycles_;
  std::vector<Violated> violated_;
  std::size_t shown_ = 0;  // of violated_: the one that unmet() gave
};

}  // namespace lockweave::explore
