// A search over (state, last thread, did it release) in the order of preemptions first, steps second.
//
// Over a graph that is explored already it finds the simplest counterexamples. With `expand` it explores as it goes:
// that is the exploration bounded by preemptions.
//
// Each node is closed at its least (preemptions, steps). Counterexamples are then read off the transitions that are
// tight (least cost of the end = least cost of the start + cost of the transition), depth first with choices in
// ascending order: among the simplest executions, the one whose sequence of choices is least.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "checker/budget.h"
#include "checker/explore/numbered_set.h"
#include "checker/trace/preemption.h"
#include "checker/explore/state_graph.h"
#include "checker/explore/unmet.h"

namespace lockweave::explore {

struct Cost {
  std::uint32_t preemptions = 0;
  std::uint32_t steps = 0;
  auto operator<=>(const Cost&) const = default;
};

using trace::Past;

class PreemptionSearch {
 public:
  enum class End : std::uint8_t {
    Found,      // what was wanted, at its least cost
    Exhausted,  // every node within the bound was closed
    Spent,      // the budget
    Refined,    // the graph must be restarted, and this search with it
  };
  struct Limits {
    bool expand = false;                          // explore states that the graph has not expanded
    std::uint32_t max_preemptions = 0xffffffffu;
    PropertySet stop_at_first_of;                 // stop once one of these is found, and all that cost as little are known
    PropertySet stop_at_all_of;                   // stop once each of these is found
    // Look for executions that leave this obligation unmet, and for nothing else: whether it is met is then part of a node. Outlives the search.
    const Unmet* unmet = nullptr;
  };

  // All outlive the search. `watch` counts this search's memory too.
  PreemptionSearch(StateGraph& graph, BudgetWatch& watch, std::size_t other_bytes, Limits limits);

  // `observe(cost, frontier)` is called now and then.
  End run(const Observer& progress = {});

  // Every execution with fewer preemptions than this was explored; what has just as many, in part.
  std::uint32_t level() const { return preemptions_; }
  // Some transition was left out because of the bound.
  bool was_cut() const { return cut_; }
  std::optional<Cost> least_cost(PropertyWord property) const { return best_[static_cast<std::size_t>(property)]; }
  // Properties found by this search.
  PropertySet found() const;
  // Requires: found().has(property). Minimal: no cheaper one can hide in what was not explored.
  Counterexample counterexample(PropertyWord property) const;
  std::size_t bytes() const;
  std::uint64_t max_steps() const { return max_steps_; }

 private:
  using NodeNumber = std::uint32_t;
  struct Node {
    Cost cost;
    bool closed = false;
  };
  using Bucket = std::vector<NodeNumber>;
  using Level = std::vector<Bucket>;  // by steps

  // Where an execution stands: all that its further cost, and what it still can break, depends on.
  struct Stand {
    StateNumber state = StateGraph::kInitial;
    Past past;
    bool is_unmet = false;  // the obligation of Limits::unmet
  };

  static std::uint64_t key_of(const Stand& stand);
  static StateNumber state_of(std::uint64_t key) { return static_cast<StateNumber>(key >> 32); }
  static Stand stand_of(std::uint64_t key);

  void reach(const Stand& stand, Cost cost);
  Stand after(const Stand& stand, const Edge& edge) const;
  PropertySet broken_at(const Stand& stand) const;
  PropertySet broken_by(const Edge& edge) const { return limits_.unmet == nullptr ? edge.broken : PropertySet{}; }
  bool is_done(Cost at) const;
  End run_level(const Observer& progress);
  std::optional<End> close(NodeNumber node);
  void relax(NodeNumber node);
  void note(PropertySet broken, Cost cost);
  void tell(const Observer& progress) const;

  StateGraph& graph_;
  BudgetWatch& watch_;
  std::size_t other_bytes_;
  Limits limits_;

  NumberedSet<std::uint64_t, MixBits> keys_;
  ChunkedVector<Node> nodes_;
  Level now_;    // nodes of the present number of preemptions
  Level next_;   // of one more
  std::uint32_t preemptions_ = 0;
  Cost open_from_{0xffffffffu, 0xffffffffu};  // nothing cheaper than this was left unexplored
  std::vector<std::optional<Cost>> best_ = std::vector<std::optional<Cost>>(property_count);
  bool cut_ = false;
  std::uint64_t max_steps_ = 0;
  std::vector<Edge> edges_;
};

}  // namespace lockweave::explore
