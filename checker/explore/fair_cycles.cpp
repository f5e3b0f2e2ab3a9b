#include "checker/explore/fair_cycles.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <deque>
#include <set>
#include <utility>

#include "model/base/check.h"

namespace lockweave::explore {

namespace {

using States = std::vector<StateNumber>;  // sorted

bool contains(const States& states, StateNumber state) { return std::ranges::binary_search(states, state); }

std::size_t place_of(const States& states, StateNumber state) {
  return static_cast<std::size_t>(std::ranges::lower_bound(states, state) - states.begin());
}

// Takes away, again and again, states that nothing left leads to: what remains is on a cycle or behind one.
States states_behind_cycles(const StateGraph& graph) {
  std::vector<std::uint32_t> incoming(graph.state_count(), 0);
  std::vector<Edge> edges;
  for (StateNumber state = 0; state < graph.state_count(); ++state) {
    graph.edges(state, edges);
    for (const Edge& edge : edges) ++incoming[edge.target];
  }
  constexpr std::uint32_t kGone = 0xffffffffu;
  States free;
  for (StateNumber state = 0; state < incoming.size(); ++state) {
    if (incoming[state] == 0) free.push_back(state);
  }
  while (!free.empty()) {
    const StateNumber state = free.back();
    free.pop_back();
    incoming[state] = kGone;
    graph.edges(state, edges);
    for (const Edge& edge : edges) {
      if (--incoming[edge.target] == 0) free.push_back(edge.target);
    }
  }
  States left;
  for (StateNumber state = 0; state < incoming.size(); ++state) {
    if (incoming[state] != kGone) left.push_back(state);
  }
  return left;
}

std::vector<States> strong_components_of(const StateGraph& graph, const States& states) {
  using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arrows;
  std::vector<Edge> edges;
  for (std::uint32_t i = 0; i < states.size(); ++i) {
    graph.edges(states[i], edges);
    for (const Edge& edge : edges) {
      if (contains(states, edge.target)) arrows.emplace_back(i, static_cast<std::uint32_t>(place_of(states, edge.target)));
    }
  }
  const Csr csr(boost::edges_are_sorted, arrows.begin(), arrows.end(), static_cast<std::uint32_t>(states.size()));
  std::vector<std::uint32_t> component(states.size(), 0);
  const auto index = boost::get(boost::vertex_index, csr);
  const std::uint32_t count = boost::strong_components(csr, boost::make_iterator_property_map(component.begin(), index));
  std::vector<States> components(count);
  for (std::uint32_t i = 0; i < states.size(); ++i) components[component[i]].push_back(states[i]);
  return components;
}

struct Threads {
  std::set<ThreadNumber> can_step;  // in some state of the set
  std::set<ThreadNumber> inside;    // by a transition that stays in the set
};

Threads threads_of(const StateGraph& graph, const States& states) {
  Threads threads;
  std::vector<Edge> edges;
  for (const StateNumber state : states) {
    graph.edges(state, edges);
    for (const Edge& edge : edges) {
      threads.can_step.insert(edge.choice.thread);
      if (contains(states, edge.target)) threads.inside.insert(edge.choice.thread);
    }
  }
  return threads;
}

// The states in which none of those threads can step.
States states_without(const StateGraph& graph, const States& states, const std::set<ThreadNumber>& starved) {
  States left;
  std::vector<Edge> edges;
  for (const StateNumber state : states) {
    graph.edges(state, edges);
    if (std::ranges::none_of(edges, [&](const Edge& edge) { return starved.contains(edge.choice.thread); })) left.push_back(state);
  }
  return left;
}

// Walks inside the set from `state`, by fewest steps, to the first transition that `is_wanted`; appends it and the way.
template <typename Wanted>
StateNumber walk(const StateGraph& graph, const States& states, StateNumber state, Wanted&& is_wanted, std::vector<Choice>& way) {
  struct Arrival {
    StateNumber from;
    Choice choice;
    bool known = false;
  };
  std::vector<Arrival> arrivals(states.size());
  std::deque<StateNumber> queue{state};
  arrivals[place_of(states, state)].known = true;
  std::vector<Edge> edges;
  for (; !queue.empty(); queue.pop_front()) {
    graph.edges(queue.front(), edges);
    for (const Edge& edge : edges) {
      if (!contains(states, edge.target)) continue;
      if (is_wanted(edge)) {
        std::vector<Choice> back{edge.choice};
        for (StateNumber at = queue.front(); at != state; at = arrivals[place_of(states, at)].from) {
          back.push_back(arrivals[place_of(states, at)].choice);
        }
        way.insert(way.end(), back.rbegin(), back.rend());
        return edge.target;
      }
      Arrival& arrival = arrivals[place_of(states, edge.target)];
      if (arrival.known) continue;
      arrival = {queue.front(), edge.choice, true};
      queue.push_back(edge.target);
    }
  }
  LOCKWEAVE_CHECK(false, "a strongly connected component is not connected");
  return state;
}

}  // namespace

FairCycles::FairCycles(const StateGraph& graph) : graph_(graph) {
  std::vector<States> candidates{states_behind_cycles(graph)};
  while (!candidates.empty()) {
    const States states = std::move(candidates.back());
    candidates.pop_back();
    if (states.empty()) continue;
    for (States& component : strong_components_of(graph, states)) {
      const Threads threads = threads_of(graph, component);
      if (threads.inside.empty()) continue;
      std::set<ThreadNumber> starved;
      std::ranges::set_difference(threads.can_step, threads.inside, std::inserter(starved, starved.end()));
      if (starved.empty()) {
        components_.push_back(std::move(component));
      } else {
        candidates.push_back(states_without(graph, component, starved));
      }
    }
  }
  std::ranges::sort(components_);
}

std::vector<Choice> FairCycles::loop_from(StateNumber state) const {
  const auto component =
      std::ranges::find_if(components_, [&](const States& states) { return contains(states, state); });
  LOCKWEAVE_CHECK(component != components_.end(), "a loop is asked for where there is none");
  std::vector<Choice> way;
  StateNumber at = state;
  for (const ThreadNumber thread : threads_of(graph_, *component).inside) {
    at = walk(graph_, *component, at, [&](const Edge& edge) { return edge.choice.thread == thread; }, way);
  }
  if (at != state) walk(graph_, *component, at, [&](const Edge& edge) { return edge.target == state; }, way);
  return way;
}

}  // namespace lockweave::explore
