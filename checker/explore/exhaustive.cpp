#include "checker/explore/exhaustive.h"

#include "checker/explore/graph_run.h"

namespace lockweave::explore {

namespace {

// States are numbered in breadth-first order, so the number of the next state to expand says how far the search is.
class Layers {
 public:
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

enum class End : std::uint8_t { Complete, Spent, Refined };

class Search {
 public:
  Search(GraphRun& run, const Observer& progress) : run_(run), progress_(progress) {}

  End explore() {
    StateGraph& graph = run_.graph();
    layers_ = {};
    const auto bytes = [&] { return run_.bytes(); };
    for (StateNumber state = 0; state < graph.state_count(); ++state) {
      if (run_.watch().is_spent(graph.state_count(), bytes)) return End::Spent;
      layers_.enter(state, graph.state_count());
      if (graph.expand(state) == StateGraph::End::Refined) return End::Refined;
      if (progress_ && state % kStatesBetweenReports == 0) tell();
    }
    return End::Complete;
  }
  std::uint64_t depth() const { return layers_.depth(); }

 private:
  static constexpr StateNumber kStatesBetweenReports = 4096;

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
  const Observer& progress_;
  Layers layers_;
};

}  // namespace

Exploration ExhaustiveExplorer::explore(System& system) {
  GraphRun run(system, options_);
  const ScheduleSource source([&] { return run.graph().current_path(); });
  Search search(run, options_.progress);
  End end = search.explore();
  while (end == End::Refined) {
    run.start_again();
    end = search.explore();
  }
  return run.conclude(end == End::Complete, search.depth(), nullptr);
}

}  // namespace lockweave::explore
