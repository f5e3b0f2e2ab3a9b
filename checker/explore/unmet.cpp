#include "checker/explore/unmet.h"

#include <algorithm>
#include <deque>
#include <map>

namespace lockweave::explore {

Unmet::Unmet(const StateGraph& graph, Obligations::Number obligation, Fairness fairness, std::uint64_t spare_bytes)
    : graph_(graph), meeting_(graph.transition_count(), false), stating_(graph.transition_count(), false),
      states_(graph.state_count(), false), bad_(graph.state_count(), false) {
  graph.obligations().visit(obligation, [&](std::uint32_t transition, Obligations::Effect effect) {
    meeting_[transition] = effect == Obligations::Effect::Met;
    stating_[transition] = effect == Obligations::Effect::Stated;
  });
  find_states();
  cycles_ = std::make_unique<FairCycles>(graph, fairness, Region{&states_, &meeting_}, spare_bytes);
  for (const auto& component : cycles_->components()) {
    for (const StateNumber state : component) bad_[state] = true;
  }
  for (StateNumber state = 0; state < graph.state_count(); ++state) {
    if (states_[state] && is_end(state)) bad_[state] = true;
    violated_ = violated_ || bad_[state];
  }
}

void Unmet::find_states() {
  std::vector<StateNumber> waiting;
  const auto reach = [&](StateNumber state) {
    if (states_[state]) return;
    states_[state] = true;
    waiting.push_back(state);
  };
  for (StateNumber state = 0; state < graph_.state_count(); ++state) {
    graph_.for_each_edge(state, [&](StateNumber target, const Choice&, std::uint32_t transition) {
      if (stating_[transition]) reach(target);
    });
  }
  while (!waiting.empty()) {
    const StateNumber state = waiting.back();
    waiting.pop_back();
    graph_.for_each_edge(state, [&](StateNumber target, const Choice&, std::uint32_t transition) {
      if (!meeting_[transition]) reach(target);
    });
  }
}

bool Unmet::is_end(StateNumber state) const {
  if (!graph_.is_expanded(state)) return false;
  bool is_end = true;
  graph_.for_each_edge(state, [&](StateNumber, const Choice&, std::uint32_t) { is_end = false; });
  return is_end;
}

// From the first transition that states it, breadth first where it is not met.
std::vector<Choice> Unmet::some_way() const {
  struct Arrival {
    StateNumber from;
    Choice choice;
    bool states_it;
  };
  std::map<StateNumber, Arrival> arrivals;
  std::deque<StateNumber> queue;
  const auto arrive = [&](StateNumber from, const Choice& choice, StateNumber target, bool states_it) {
    if (arrivals.try_emplace(target, Arrival{from, choice, states_it}).second) queue.push_back(target);
  };
  for (StateNumber state = 0; state < graph_.state_count(); ++state) {
    graph_.for_each_edge(state, [&](StateNumber target, const Choice& choice, std::uint32_t transition) {
      if (stating_[transition]) arrive(state, choice, target, true);
    });
  }
  for (; !bad_[queue.front()]; queue.pop_front()) {
    const StateNumber state = queue.front();
    graph_.for_each_edge(state, [&](StateNumber target, const Choice& choice, std::uint32_t transition) {
      if (!meeting_[transition]) arrive(state, choice, target, false);
    });
  }
  std::vector<Choice> way;
  StateNumber state = queue.front();
  for (bool is_stem = false; !is_stem;) {
    const Arrival& arrival = arrivals.at(state);
    way.push_back(arrival.choice);
    is_stem = arrival.states_it;
    state = arrival.from;
  }
  std::ranges::reverse(way);
  const std::vector<Choice> stem = graph_.path_to(state);
  way.insert(way.begin(), stem.begin(), stem.end());
  return way;
}

bool Unmet::after(bool unmet, std::uint32_t transition) const { return (unmet || stating_[transition]) && !meeting_[transition]; }

}  // namespace lockweave::explore
