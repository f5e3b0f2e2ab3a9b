// What the strategies that store states share: the graph, starting again when the system has learned something, and
// reading the results off the graph.
#pragma once

#include <memory>
#include <optional>

#include "checker/explore/explorer.h"
#include "checker/explore/liveness.h"
#include "checker/explore/preemption_search.h"
#include "checker/explore/serial_reference.h"
#include "checker/explore/spill_file.h"
#include "checker/explore/state_graph.h"

namespace lockweave::explore {

class GraphRun {
 public:
  // How a strategy goes about it, as some reductions need it.
  struct Manner {
    bool in_layers = false;  // states are expanded layer by layer: for sleep sets and persistent sets
    bool symmetry = false;   // after a complete search the strategy asks whether symmetry must be left out
  };
  // Requires: both outlive the run.
  GraphRun(System& system, const ExploreOptions& options, Manner manner);
  GraphRun(System& system, const ExploreOptions& options) : GraphRun(system, options, Manner()) {}

  // To the beginning: explores the reference of `unserializable` if it is asked for, empties the graph.
  void start();
  // After Refined: counts it, and starts again. Or a reduction turned out to be no good here: starts again without.
  void start_again();
  // Not all orders of steps are explored; the search must go layer by layer.
  bool leaves_orders_out() const { return graph_->options().looks_at_footprints(); }
  // After a complete search: must it be done again, because with like threads in order not everything can be judged?
  bool leaves_symmetry_out();

  StateGraph& graph() { return *graph_; }
  BudgetWatch& watch() { return watch_; }
  // What the graph cannot keep in memory goes to a file in this folder.
  void spill_into(const std::string& folder);
  // In memory.
  std::size_t bytes() const;

  // Writes a checkpoint now, or if it is time to. Requires: states were expanded in the order of their numbers.
  void write_checkpoint() {
    graph_->settle();
    checkpointer_.write(*graph_, rounds_, {given_up_, symmetry_end_, persistent_sets_end_});
  }
  void write_checkpoint_if_due() {
    if (checkpointer_.is_due()) write_checkpoint();
  }
  // Brings the system to know what it knew in the last round of a checkpoint. False: it is not the same system.
  bool learn_again(const Checkpoint& checkpoint);

  // Fills what is the same for every strategy. `searched`: the search that found the counterexamples already, or null.
  Exploration conclude(bool complete, std::uint64_t depth, const PreemptionSearch* searched);

 private:
  void explore_all_orders(std::string_view why);
  void leave_persistent_sets_out(std::string_view why);
  void give_up_persistent_sets();
  void keep_what_is_broken();
  void judge_liveness(Exploration& result);
  void judge_stated(bool complete, Exploration& result);
  void add_counterexamples(const PreemptionSearch* searched, Exploration& result);
  void finish(Counterexample& counterexample);
  void fill_outcomes(Exploration& result);
  bool has_renamed() const;
  Counterexample any_way(PropertyWord property);
  void give_up_symmetry(const std::string& why);
  bool follow_lesson(const std::vector<Choice>& way, bool& is_refined);
  bool has_all_orders() const { return !leaves_orders_out() && !has_renamed(); }
  void add_counterexamples_found_apart(bool was_stopped, Exploration& result);
  std::vector<Choice> real(const std::vector<Choice>& choices);

  System& system_;
  const ExploreOptions& options_;
  BudgetWatch watch_;
  property::SerialReference reference_;
  std::string spill_folder_;
  std::unique_ptr<SpillFile> spill_;
  std::uint64_t reliefs_ = 0;
  bool relieve();
  std::unique_ptr<StateGraph> graph_;
  std::unique_ptr<Liveness> liveness_;
  bool symmetry_ = false;
  std::optional<SymmetryEnd> symmetry_end_;
  std::string_view not_judged_;  // why symmetry must end, after a complete search
  std::uint64_t restarts_ = 0;
  std::vector<Lessons> rounds_;  // of the explorations that ended because something was learnt
  bool sleep_sets_ = false;
  bool persistent_sets_ = false;
  std::uint64_t persistent_sets_end_ = 0;  // explorations finished when they were given up, or 0
  std::vector<std::string> notes_of_orders_;
  SavedGivenUp given_up_;
  Checkpointer checkpointer_;
  std::uint64_t reference_states_ = 0;

 public:
  ~GraphRun();
};

}  // namespace lockweave::explore
