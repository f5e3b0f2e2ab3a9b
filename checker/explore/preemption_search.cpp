#include "checker/explore/preemption_search.h"

#include <algorithm>

#include "model/base/check.h"

namespace lockweave::explore {

namespace {

const Choice& choice_of(const Edge& edge) { return edge.choice; }

}  // namespace

PreemptionSearch::PreemptionSearch(StateGraph& graph, BudgetWatch& watch, std::size_t other_bytes, Limits limits)
    : graph_(graph), watch_(watch), other_bytes_(other_bytes), limits_(limits) {
  reach({}, {});
}

// Threads beyond 2^30 - 2 do not exist; 0 says nobody.
std::uint64_t PreemptionSearch::key_of(const Stand& stand) {
  const std::uint32_t last = stand.past.last == Past::kNobody ? 0 : stand.past.last + 1;
  return std::uint64_t{stand.state} << 32 | last << 2 | (stand.past.released ? 2u : 0u) | (stand.is_unmet ? 1u : 0u);
}

PreemptionSearch::Stand PreemptionSearch::stand_of(std::uint64_t key) {
  const auto packed = static_cast<std::uint32_t>(key);
  return {.state = state_of(key), .past = {packed >> 2 == 0 ? Past::kNobody : (packed >> 2) - 1, (packed & 2) != 0}, .is_unmet = (packed & 1) != 0};
}

PreemptionSearch::Stand PreemptionSearch::after(const Stand& stand, const Edge& edge) const {
  const bool is_unmet = limits_.unmet != nullptr && limits_.unmet->after(stand.is_unmet, edge.number);
  return {.state = edge.target, .past = trace::past_after(stand.past, edge.choice, edge.released), .is_unmet = is_unmet};
}

PropertySet PreemptionSearch::broken_at(const Stand& stand) const {
  if (limits_.unmet == nullptr) return graph_.broken_in(stand.state);
  return stand.is_unmet && limits_.unmet->can_stay_unmet(stand.state) ? PropertySet{PropertyWord::Eventually} : PropertySet{};
}

void PreemptionSearch::reach(const Stand& stand, Cost cost) {
  const auto [node, is_new] = keys_.insert(key_of(stand));
  if (is_new) {
    nodes_.push_back({cost, false});
  } else {
    if (nodes_[node].cost <= cost) return;
    nodes_[node].cost = cost;
  }
  Level& level = cost.preemptions == preemptions_ ? now_ : next_;
  if (level.size() <= cost.steps) level.resize(cost.steps + 1);
  level[cost.steps].push_back(node);
}

// Nothing that costs `at` or more can change what was asked for.
bool PreemptionSearch::is_done(Cost at) const {
  bool all = !limits_.stop_at_all_of.empty();
  for (const PropertyWord word : all_properties) {
    const auto& best = best_[static_cast<std::size_t>(word)];
    const bool settled = best && *best < at;
    if (settled && limits_.stop_at_first_of.has(word)) return true;
    if (!settled && limits_.stop_at_all_of.has(word)) all = false;
  }
  return all;
}

PreemptionSearch::End PreemptionSearch::run(const Observer& progress) {
  for (;;) {
    const End end = run_level(progress);
    if (end != End::Exhausted) return end;
    if (next_.empty()) return End::Exhausted;
    now_ = std::move(next_);
    next_.clear();
    ++preemptions_;
  }
}

PreemptionSearch::End PreemptionSearch::run_level(const Observer& progress) {
  for (std::uint32_t steps = 0; steps < now_.size(); ++steps) {
    const Cost at{preemptions_, steps};
    // The bucket does not grow while it is walked: every step adds one.
    const Bucket bucket = std::move(now_[steps]);
    if (bucket.empty()) continue;
    if (is_done(at)) {
      open_from_ = std::min(open_from_, at);
      return End::Found;
    }
    max_steps_ = std::max<std::uint64_t>(max_steps_, steps);
    for (const NodeNumber node : bucket) {
      if (nodes_[node].closed || nodes_[node].cost != at) continue;
      if (const auto end = close(node)) {
        open_from_ = std::min(open_from_, at);
        return *end;
      }
    }
    if (progress) tell(progress);
  }
  return End::Exhausted;
}

// Ends the search, or nothing.
std::optional<PreemptionSearch::End> PreemptionSearch::close(NodeNumber node) {
  const StateNumber state = state_of(keys_[node]);
  const auto all_bytes = [&] { return bytes() + graph_.bytes() + other_bytes_; };
  if (watch_.is_spent(limits_.expand ? graph_.state_count() : 0, all_bytes)) return End::Spent;
  if (limits_.expand && !graph_.is_expanded(state) && graph_.expand(state) == StateGraph::End::Refined) return End::Refined;
  nodes_[node].closed = true;
  const Cost cost = nodes_[node].cost;
  if (!graph_.is_expanded(state)) {
    open_from_ = std::min(open_from_, cost);
    return std::nullopt;
  }
  note(broken_at(stand_of(keys_[node])), cost);
  relax(node);
  return std::nullopt;
}

void PreemptionSearch::relax(NodeNumber node) {
  const Stand stand = stand_of(keys_[node]);
  const Cost cost = nodes_[node].cost;
  graph_.edges(stand.state, edges_);
  const bool can_go_on = trace::last_can_go_on(stand.past, edges_, choice_of);
  for (const Edge& edge : edges_) {
    const Cost next{cost.preemptions + (trace::is_preemption(stand.past, can_go_on, edge.choice) ? 1u : 0u), cost.steps + 1};
    if (next.preemptions > limits_.max_preemptions) {
      cut_ = true;
      continue;
    }
    note(broken_by(edge), next);
    reach(after(stand, edge), next);
  }
}

void PreemptionSearch::note(PropertySet broken, Cost cost) {
  if (broken.empty()) return;
  for (const PropertyWord word : broken.words()) {
    auto& best = best_[static_cast<std::size_t>(word)];
    if (!best || cost < *best) best = cost;
  }
}

PropertySet PreemptionSearch::found() const {
  PropertySet found;
  for (const PropertyWord word : all_properties) {
    if (least_cost(word)) found.add(word);
  }
  return found;
}

namespace {

// One node on the way of the depth-first walk along tight transitions.
struct Visit {
  std::uint32_t node;
  std::vector<Edge> edges;
  std::size_t next = 0;
  bool can_go_on = false;
};

}  // namespace

Counterexample PreemptionSearch::counterexample(PropertyWord property) const {
  const Cost goal = *least_cost(property);
  Counterexample result{.property = property, .choices = {}, .preemptions = goal.preemptions, .minimal = goal <= open_from_, .message = {}, .loop_begin = 0};
  std::vector<bool> seen(keys_.size(), false);
  std::vector<Visit> way;
  const auto enter = [&](NodeNumber node) {
    seen[node] = true;
    Visit visit{node, {}, 0, false};
    if (nodes_[node].closed && graph_.is_expanded(state_of(keys_[node]))) graph_.edges(state_of(keys_[node]), visit.edges);
    std::ranges::sort(visit.edges, {}, &Edge::choice);
    visit.can_go_on = trace::last_can_go_on(stand_of(keys_[node]).past, visit.edges, choice_of);
    way.push_back(std::move(visit));
  };
  const auto reached = [&](NodeNumber node) {
    return nodes_[node].cost == goal && broken_at(stand_of(keys_[node])).has(property);
  };
  enter(0);
  if (reached(0)) return result;
  while (!way.empty()) {
    Visit& visit = way.back();
    if (visit.next == visit.edges.size()) {
      way.pop_back();
      if (!way.empty()) result.choices.pop_back();
      continue;
    }
    const Edge edge = visit.edges[visit.next++];
    const Stand stand = stand_of(keys_[visit.node]);
    const Cost cost = nodes_[visit.node].cost;
    const Cost next{cost.preemptions + (trace::is_preemption(stand.past, visit.can_go_on, edge.choice) ? 1u : 0u), cost.steps + 1};
    if (next > goal || next.preemptions > limits_.max_preemptions) continue;
    result.choices.push_back(edge.choice);
    if (next == goal && broken_by(edge).has(property)) return result;
    const NodeNumber node = keys_.number_of(key_of(after(stand, edge)));
    if (nodes_[node].cost == next && reached(node)) return result;
    if (nodes_[node].cost == next && !seen[node]) {
      enter(node);
    } else {
      result.choices.pop_back();
    }
  }
  LOCKWEAVE_CHECK(false, "a counterexample that was found has no way to it");
  return result;
}

std::size_t PreemptionSearch::bytes() const {
  std::size_t waiting = 0;
  for (const Level* level : {&now_, &next_}) {
    waiting += level->capacity() * sizeof(Bucket);
    for (const Bucket& bucket : *level) waiting += bucket.capacity() * sizeof(NodeNumber);
  }
  return keys_.bytes() + nodes_.bytes() + waiting;
}

void PreemptionSearch::tell(const Observer& progress) const {
  progress({.states = graph_.state_count(),
            .transitions = graph_.transition_count(),
            .depth = max_steps_,
            .frontier = graph_.state_count() - graph_.expanded_count(),
            .bytes = graph_.bytes() + other_bytes_,
            .seconds = watch_.seconds()});
}

}  // namespace lockweave::explore
