#include "checker/explore/fair_cycles.h"

#include <algorithm>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/two_bit_color_map.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <deque>
#include <functional>
#include <utility>

#include "model/base/check.h"

namespace lockweave::explore {

namespace {

constexpr std::uint32_t kNowhere = 0xffffffffu;

bool contains(const std::vector<StateNumber>& sorted, StateNumber state) { return std::ranges::binary_search(sorted, state); }

std::size_t place_in(const std::vector<StateNumber>& sorted, StateNumber state) {
  return static_cast<std::size_t>(std::ranges::lower_bound(sorted, state) - sorted.begin());
}

// A set of threads that grows as needed.
class Threads {
 public:
  void add(ThreadNumber thread) {
    if (thread >= has_.size()) has_.resize(thread + 1, false);
    has_[thread] = true;
  }
  bool has(ThreadNumber thread) const { return thread < has_.size() && has_[thread]; }
  bool empty() const { return std::ranges::find(has_, true) == has_.end(); }
  void add_all(const Threads& others) {
    for (ThreadNumber thread = 0; thread < others.has_.size(); ++thread) {
      if (others.has_[thread]) add(thread);
    }
  }
  void keep_only(const Threads& others) {
    for (ThreadNumber thread = 0; thread < has_.size(); ++thread) has_[thread] = has_[thread] && others.has(thread);
  }
  void take_away(const Threads& others) {
    for (ThreadNumber thread = 0; thread < has_.size(); ++thread) has_[thread] = has_[thread] && !others.has(thread);
  }

 private:
  std::vector<bool> has_;
};

Threads able_in(const StateGraph& graph, StateNumber state) {
  Threads able;
  graph.for_each_edge(state, [&](StateNumber, const Choice& choice, std::uint32_t) {
    if (choice.kind != ChoiceKind::Interrupt) able.add(choice.thread);  // it never has to come
  });
  return able;
}

// A set of states, numbered anew, and the transitions within, as Boost.Graph reads it. An iterator is one number: a depth-first search keeps
// two for each state on its way, and ways are long.
struct Arrows {
  std::vector<std::uint32_t> begins;   // by vertex, and one more: where its transitions begin
  std::vector<std::uint32_t> targets;  // by transition

  std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(begins.size() - 1); }
};

}  // namespace

}  // namespace lockweave::explore

namespace boost {

template <>
struct graph_traits<lockweave::explore::Arrows> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = std::uint32_t;
  using directed_category = directed_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  struct traversal_category : virtual incidence_graph_tag, virtual vertex_list_graph_tag {};
  using out_edge_iterator = counting_iterator<std::uint32_t>;
  using vertex_iterator = counting_iterator<std::uint32_t>;
  using degree_size_type = std::uint32_t;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint32_t;
  static vertex_descriptor null_vertex() { return lockweave::explore::kNowhere; }
};

}  // namespace boost

namespace lockweave::explore {

namespace {

using ArrowTraits = boost::graph_traits<Arrows>;

std::pair<ArrowTraits::vertex_iterator, ArrowTraits::vertex_iterator> vertices(const Arrows& arrows) {
  return {ArrowTraits::vertex_iterator(0), ArrowTraits::vertex_iterator(arrows.vertex_count())};
}

[[maybe_unused]] std::uint32_t num_vertices(const Arrows& arrows) { return arrows.vertex_count(); }

std::pair<ArrowTraits::out_edge_iterator, ArrowTraits::out_edge_iterator> out_edges(std::uint32_t vertex, const Arrows& arrows) {
  using Iterator = ArrowTraits::out_edge_iterator;
  return {Iterator(arrows.begins[vertex]), Iterator(arrows.begins[vertex + 1])};
}

[[maybe_unused]] std::uint32_t out_degree(std::uint32_t vertex, const Arrows& arrows) { return arrows.begins[vertex + 1] - arrows.begins[vertex]; }

std::uint32_t target(std::uint32_t transition, const Arrows& arrows) { return arrows.targets[transition]; }

// The library's concept of a graph asks for it; its search does not.
[[maybe_unused]] std::uint32_t source(std::uint32_t, const Arrows&) {
  LOCKWEAVE_CHECK(false, "the source of a transition is not stored");
  return kNowhere;
}

}  // namespace

FairCycles::FairCycles(const StateGraph& graph, Fairness fairness, Region region, std::uint64_t spare_bytes)
    : graph_(graph), fairness_(fairness), region_(region) {
  constexpr std::uint64_t kBytesToTrim = 8, kBytesToSearch = 80;
  if (!may_have_cycles()) return;
  was_judged_ = graph.state_count() * kBytesToTrim <= spare_bytes;
  if (!was_judged_) return;
  std::vector<States> candidates{states_behind_cycles()};
  was_judged_ = candidates.front().size() * kBytesToSearch <= spare_bytes;
  while (was_judged_ && !candidates.empty()) {
    const States states = std::move(candidates.back());
    candidates.pop_back();
    if (states.empty()) continue;
    for (States& component : strong_components_of(states)) judge(std::move(component), candidates);
  }
  std::ranges::sort(components_);
  place_ = {};
}

bool FairCycles::is_in_region(StateNumber target, std::uint32_t transition) const {
  return (region_.left_out_transitions == nullptr || !(*region_.left_out_transitions)[transition]) && is_in_region(target);
}

// Visits the transitions of a state that lead from and to states of the region: visit(target, choice, number).
template <typename Visit>
void FairCycles::for_each_inside(StateNumber state, Visit&& visit) const {
  if (!is_in_region(state)) return;
  graph_.for_each_edge(state, [&](StateNumber target, const Choice& choice, std::uint32_t transition) {
    if (is_in_region(target, transition)) visit(target, choice, transition);
  });
}

// Every cycle has a transition to a state with a number that is not higher. Breadth first, most programs without loops have none such.
bool FairCycles::may_have_cycles() const {
  bool may = false;
  for (StateNumber state = 0; state < graph_.state_count() && !may; ++state) {
    for_each_inside(state, [&](StateNumber target, const Choice&, std::uint32_t) { may = may || target <= state; });
  }
  return may;
}

// Takes away, again and again, states that nothing left leads to: what remains is on a cycle or behind one.
FairCycles::States FairCycles::states_behind_cycles() {
  std::vector<std::uint32_t>& incoming = place_;
  incoming.assign(graph_.state_count(), 0);
  for (StateNumber state = 0; state < graph_.state_count(); ++state) {
    for_each_inside(state, [&](StateNumber target, const Choice&, std::uint32_t) { ++incoming[target]; });
  }
  States free;
  for (StateNumber state = 0; state < incoming.size(); ++state) {
    if (!is_in_region(state)) incoming[state] = kNowhere;
    else if (incoming[state] == 0) free.push_back(state);
  }
  while (!free.empty()) {
    const StateNumber state = free.back();
    free.pop_back();
    incoming[state] = kNowhere;
    for_each_inside(state, [&](StateNumber target, const Choice&, std::uint32_t) {
      if (--incoming[target] == 0) free.push_back(target);
    });
  }
  States left;
  for (StateNumber state = 0; state < incoming.size(); ++state) {
    if (incoming[state] != kNowhere) left.push_back(state);
  }
  std::ranges::fill(place_, kNowhere);
  return left;
}

// Those with a transition inside, each sorted.
std::vector<FairCycles::States> FairCycles::strong_components_of(const States& states) {
  for (std::uint32_t i = 0; i < states.size(); ++i) place_[states[i]] = i;
  Arrows arrows{{0}, {}};
  for (const StateNumber state : states) {
    for_each_inside(state, [&](StateNumber target, const Choice&, std::uint32_t) {
      if (place_[target] != kNowhere) arrows.targets.push_back(place_[target]);
    });
    arrows.begins.push_back(static_cast<std::uint32_t>(arrows.targets.size()));
  }
  for (const StateNumber state : states) place_[state] = kNowhere;

  const std::uint32_t vertices = arrows.vertex_count();
  std::vector<std::uint32_t> component(vertices), root(vertices), discovered(vertices);
  const boost::typed_identity_property_map<std::uint32_t> index;
  const auto map = [&](std::vector<std::uint32_t>& numbers) { return boost::make_iterator_property_map(numbers.begin(), index); };
  const std::uint32_t count = boost::strong_components(
      arrows, map(component),
      boost::root_map(map(root)).discover_time_map(map(discovered)).color_map(boost::make_two_bit_color_map(vertices, index)));
  discovered = {};
  // Most components are one state without a way back to itself. `root` now says which are kept, and where.
  std::vector<std::uint32_t>& kept = root;
  kept.assign(count, kNowhere);
  std::uint32_t kept_count = 0;
  for (std::uint32_t vertex = 0; vertex < vertices; ++vertex) {
    for (std::uint32_t arrow = arrows.begins[vertex]; arrow < arrows.begins[vertex + 1]; ++arrow) {
      const std::uint32_t own = component[vertex];
      if (component[arrows.targets[arrow]] == own && kept[own] == kNowhere) kept[own] = kept_count++;
    }
  }
  std::vector<States> components(kept_count);
  for (std::uint32_t vertex = 0; vertex < vertices; ++vertex) {
    if (kept[component[vertex]] != kNowhere) components[kept[component[vertex]]].push_back(states[vertex]);
  }
  return components;
}

// A fair one is a result. In another one, under strong fairness, the states where no starved thread can step are a candidate.
void FairCycles::judge(States component, std::vector<States>& candidates) {
  for (std::uint32_t i = 0; i < component.size(); ++i) place_[component[i]] = i;
  Threads inside;  // those that have a transition that stays inside
  Threads able;    // those that can step in some state
  Threads always;  // ... in every state
  for (const StateNumber state : component) {
    const Threads here = able_in(graph_, state);
    if (state == component.front()) always = here;
    able.add_all(here);
    always.keep_only(here);
    for_each_inside(state, [&](StateNumber target, const Choice& choice, std::uint32_t) {
      if (place_[target] != kNowhere) inside.add(choice.thread);
    });
  }
  for (const StateNumber state : component) place_[state] = kNowhere;
  Threads starved = fairness_ == Fairness::Strong ? able : always;
  starved.take_away(inside);
  if (starved.empty()) {
    components_.push_back(std::move(component));
    return;
  }
  if (fairness_ == Fairness::Weak) return;
  std::erase_if(component, [&](StateNumber state) {
    bool can_step = false;
    graph_.for_each_edge(state, [&](StateNumber, const Choice& choice, std::uint32_t) {
      can_step = can_step || (choice.kind != ChoiceKind::Interrupt && starved.has(choice.thread));
    });
    return can_step;
  });
  candidates.push_back(std::move(component));
}

namespace {

// Grows a loop step by step until it is fair. A thread is owed a step if it can step in a state on the way (weak: in each of them)
// and has not.
class LoopBuilder {
 public:
  struct Step {
    StateNumber target;
    Choice choice;
  };
  using StepsOf = std::function<void(StateNumber, std::vector<Step>&)>;  // those inside the region

  LoopBuilder(const StateGraph& graph, const std::vector<StateNumber>& component, Fairness fairness, StepsOf steps_of, StateNumber start)
      : graph_(graph), component_(component), fairness_(fairness), steps_of_(std::move(steps_of)), start_(start), at_(start) {
    able_ = able_in(graph_, start);
  }

  std::vector<Choice> build() {
    for (;;) {
      Threads owed = able_;
      owed.take_away(stepped_);
      if (!owed.empty()) {
        walk([&](const Step& step) { return pays(owed, step); });
      } else if (at_ != start_ || way_.empty()) {
        walk([&](const Step& step) { return step.target == start_; });
      } else {
        return way_;
      }
    }
  }

 private:
  struct Arrival {
    StateNumber from = StateGraph::kNone;
    Choice choice;
  };

  bool pays(const Threads& owed, const Step& step) const {
    if (owed.has(step.choice.thread)) return true;
    if (fairness_ == Fairness::Strong) return false;
    Threads rest = owed;
    rest.take_away(able_in(graph_, step.target));
    return !rest.empty();
  }

  // By fewest steps to the first one that is wanted, and over it.
  template <typename Wanted>
  void walk(Wanted&& is_wanted) {
    std::vector<Arrival> arrivals(component_.size());
    std::deque<StateNumber> queue{at_};
    arrivals[place_in(component_, at_)].from = at_;
    std::vector<Step> steps;
    for (; !queue.empty(); queue.pop_front()) {
      steps_of_(queue.front(), steps);
      for (const Step& step : steps) {
        if (!contains(component_, step.target)) continue;
        if (is_wanted(step)) return go(arrivals, queue.front(), step);
        Arrival& arrival = arrivals[place_in(component_, step.target)];
        if (arrival.from != StateGraph::kNone) continue;
        arrival = {queue.front(), step.choice};
        queue.push_back(step.target);
      }
    }
    LOCKWEAVE_CHECK(false, "a strongly connected component is not connected");
  }

  void go(const std::vector<Arrival>& arrivals, StateNumber from, const Step& last) {
    std::vector<Step> back{last};
    while (from != at_) {
      const Arrival& arrival = arrivals[place_in(component_, from)];
      back.push_back({from, arrival.choice});
      from = arrival.from;
    }
    std::ranges::reverse(back);
    for (const Step& step : back) {
      at_ = step.target;
      way_.push_back(step.choice);
      stepped_.add(step.choice.thread);
      if (fairness_ == Fairness::Strong) able_.add_all(able_in(graph_, at_));
      else able_.keep_only(able_in(graph_, at_));
    }
  }

  const StateGraph& graph_;
  const std::vector<StateNumber>& component_;
  Fairness fairness_;
  StepsOf steps_of_;
  StateNumber start_;
  StateNumber at_;
  Threads able_;     // in some state of the way (weak: in each)
  Threads stepped_;
  std::vector<Choice> way_;
};

}  // namespace

std::vector<Choice> FairCycles::loop_from(StateNumber state) const {
  const auto component = std::ranges::find_if(components_, [&](const States& states) { return contains(states, state); });
  LOCKWEAVE_CHECK(component != components_.end(), "a loop is asked for where there is none");
  const auto steps_of = [this](StateNumber from, std::vector<LoopBuilder::Step>& steps) {
    steps.clear();
    for_each_inside(from, [&](StateNumber target, const Choice& choice, std::uint32_t) { steps.push_back({target, choice}); });
  };
  return LoopBuilder(graph_, *component, fairness_, steps_of, state).build();
}

}  // namespace lockweave::explore
