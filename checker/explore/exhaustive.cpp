#include "checker/explore/exhaustive.h"

#include <fmt/format.h>

#include <optional>

#include "checker/explore/graph_run.h"
#include "checker/explore/parallel_expansion.h"

namespace lockweave::explore {

namespace {

// States are numbered in breadth-first order, so the number of the next state to expand says how far the search is.
class Layers {
 public:
  bool begins_at(StateNumber state) const { return state >= end_; }
  // Called before a state is expanded; `known`: states seen so far.
  void enter(StateNumber state, std::size_t known) {
    if (state < end_) return;
    ++depth_;
    end_ = known;
  }
  std::uint64_t depth() const { return depth_ == 0 ? 0 : depth_ - 1; }

 private:
  std::size_t end_ = 0;
  std::uint64_t depth_ = 0;
};

enum class End : std::uint8_t { Complete, Spent, Refined, Differs };

class Search {
 public:
  Search(GraphRun& run, System& system, const ExploreOptions& options) : run_(run), system_(system), jobs_(options.jobs), progress_(options.progress), is_counted_(options.budget.max_states != Budget::kUnlimited) {}

  End explore() {
    layers_ = {};
    StateGraph& graph = run_.graph();
    StateNumber state = 0;
    for (; is_resuming() && !run_.leaves_orders_out(); ++state) {
      if (!graph.has(state)) return End::Differs;
      if (!may_go_on(state, 0)) return End::Spent;
      if (!enter_saved(state)) return End::Differs;
    }
    if (run_.leaves_orders_out()) return explore_in_layers();
    if (jobs_ > 1) {
      ParallelExpansion expansion(graph, system_, jobs_);
      if (expansion.is_possible()) return explore_with(expansion, state);
    }
    for (; graph.has(state); ++state) {
      if (is_counted_ || layers_.begins_at(state)) graph.settle();
      if (!may_go_on(state, 0)) return End::Spent;
      if (graph.expand_ahead(state) == StateGraph::End::Refined) return End::Refined;
    }
    return End::Complete;
  }
  std::uint64_t depth() const { return layers_.depth(); }

  // The next exploration begins with these.
  void resume(const Checkpoint& checkpoint) { saved_.emplace(checkpoint); }
  bool is_resuming() const { return saved_ && saved_->has_next(); }

 private:
  static constexpr StateNumber kStatesBetweenReports = 4096;

  bool enter_saved(StateNumber state) {
    saved_->next(record_);
    return run_.graph().enter_saved(state, record_);
  }

  // Each layer: its states; what they left asleep and should not have; then the next one is known.
  End explore_in_layers() {
    StateGraph& graph = run_.graph();
    std::optional<ParallelExpansion> parallel;
    if (jobs_ > 1) parallel.emplace(graph, system_, jobs_);
    for (StateNumber first = 0;;) {
      if (graph.begin_layer() == StateGraph::End::Refined) return End::Refined;
      const auto end = static_cast<StateNumber>(graph.state_count());
      if (const End done = explore_layer(first, end, parallel && parallel->is_possible() ? &*parallel : nullptr); done != End::Complete) return done;
      graph.settle();
      bool is_over = end == first;
      while (const auto again = graph.next_again()) {
        is_over = false;
        if (!may_go_on(again->state, 0)) return End::Spent;
        if (is_resuming()) {
          saved_->next(record_);
          if (!graph.enter_saved_again(*again, record_)) return End::Differs;
        } else if (graph.expand_again(*again) == StateGraph::End::Refined) {
          return End::Refined;
        }
      }
      if (is_over) break;
      first = end;
    }
    if (is_resuming()) return End::Differs;
    return graph.end_layers() == StateGraph::End::Refined ? End::Refined : End::Complete;
  }

  End explore_layer(StateNumber state, StateNumber end, ParallelExpansion* parallel) {
    StateGraph& graph = run_.graph();
    for (; state < end; ++state) {
      if (!is_resuming() && parallel != nullptr) return explore_with(*parallel, state, end);
      if (is_counted_) graph.settle();
      if (!may_go_on(state, 0)) return End::Spent;
      if (is_resuming()) {
        if (!enter_saved(state)) return End::Differs;
      } else if (graph.expand_ahead(state) == StateGraph::End::Refined) {
        return End::Refined;
      }
    }
    return End::Complete;
  }

  End explore_with(ParallelExpansion& expansion, StateNumber first, StateNumber end = StateGraph::kNone) {
    switch (expansion.run(first, end, [&](StateNumber state) { return may_go_on(state, expansion.bytes()); })) {
      case ParallelExpansion::End::Complete: return End::Complete;
      case ParallelExpansion::End::Stopped: return End::Spent;
      case ParallelExpansion::End::Refined: return End::Refined;
    }
    return End::Spent;
  }

  // Before the state is expanded, after all with lower numbers were.
  bool may_go_on(StateNumber state, std::size_t other_bytes) {
    if (!is_resuming()) run_.write_checkpoint_if_due();
    const std::size_t known = run_.graph().state_count();
    if (run_.watch().is_spent(known, [&] { return run_.bytes() + other_bytes; })) return false;
    layers_.enter(state, known);
    if (progress_ && state % kStatesBetweenReports == 0) tell();
    return true;
  }

  void tell() {
    const StateGraph& graph = run_.graph();
    progress_({.states = graph.state_count(),
               .transitions = graph.transition_count(),
               .depth = depth(),
               .frontier = graph.state_count() - graph.expanded_count(),
               .bytes = run_.bytes(),
               .seconds = run_.watch().seconds()});
  }

  GraphRun& run_;
  System& system_;
  std::size_t jobs_;
  const Observer& progress_;
  bool is_counted_;  // there is a limit to the number of states, and so it must be known at any time
  Layers layers_;
  std::optional<Checkpoint::Records> saved_;
  SavedRecord record_;
};

}  // namespace

Exploration ExhaustiveExplorer::explore(System& system) {
  GraphRun run(system, options_, {.in_layers = true, .symmetry = true});
  const ScheduleSource source([&] { return run.graph().current_path(); });
  if (!options_.spill.empty()) run.spill_into(options_.spill);
  Search search(run, system, options_);
  const Checkpoint* resumed = options_.checkpoint.resume.get();
  if (resumed != nullptr) {
    if (resumed->dpor() != nullptr) return differs(*resumed);
    if (!run.learn_again(*resumed)) return differs(*resumed);
    // What was learnt about persistent sets is in no checkpoint: the round begins again.
    if (!run.graph().options().persistent_sets) search.resume(*resumed);
  }
  End end = search.explore();
  while (end == End::Refined || (end == End::Complete && run.leaves_symmetry_out())) {
    run.start_again();
    end = search.explore();
  }
  run.graph().settle();
  if (end == End::Differs) return differs(*resumed);
  if (!search.is_resuming()) run.write_checkpoint();
  Exploration result = run.conclude(end == End::Complete, search.depth(), nullptr);
  if (search.is_resuming()) result.notes.push_back("the run ended before it was where the checkpoint is; no checkpoint was written");
  return result;
}

}  // namespace lockweave::explore
