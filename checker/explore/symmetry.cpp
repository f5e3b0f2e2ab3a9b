#include "checker/explore/symmetry.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "checker/explore/preemption_search.h"
#include "checker/explore/simplest.h"
#include "checker/trace/available.h"
#include "checker/trace/preemption.h"
#include "model/base/check.h"

namespace lockweave::explore {

namespace {

constexpr ThreadNumber kMain = 0;

// For each thread of an arranged state: which it is in the execution.
class Names {
 public:
  ThreadNumber of(ThreadNumber arranged) const {
    const auto name = std::ranges::find(changed_, arranged, &Entry::first);
    return name == changed_.end() ? arranged : name->second;
  }
  Names after(const ThreadChanges& changes) const {
    std::map<ThreadNumber, ThreadNumber> names(changed_.begin(), changed_.end());
    for (const auto& [from, to] : changes) names[to] = of(from);
    Names result;
    for (const auto& [arranged, real] : names) {
      if (arranged != real) result.changed_.emplace_back(arranged, real);
    }
    return result;
  }
  bool operator<(const Names& other) const { return changed_ < other.changed_; }
  bool operator==(const Names& other) const = default;

 private:
  using Entry = std::pair<ThreadNumber, ThreadNumber>;
  std::vector<Entry> changed_;  // sorted
};

// A step of main that does nothing but join, or look whether it could. It changes nothing for anybody else.
bool only_joins(const Choice& choice, const StepReport& report) {
  if (choice.thread != kMain || choice.kind != ChoiceKind::Run || report.footprint.empty() || !report.events.empty()) return false;
  return std::ranges::all_of(report.footprint, [](const Access& access) {
    if (access.location.object == (kThreadWaits | kMain)) return true;  // that main begins or ends to wait
    const bool looks = access.kind == AccessKind::Join || access.kind == AccessKind::Park || access.kind == AccessKind::Read;
    return looks && (access.location.object & kThreadObject) != 0 && (access.location.object & kManyObjects) == 0;
  });
}

struct ArrangedStep {
  Choice choice;
  bool only_joins = false;
  bool is_done = true;  // StepStatus::Done
  ThreadChanges changes;
};

std::vector<ArrangedStep> follow(System& system, const std::vector<Choice>& arranged) {
  std::vector<ArrangedStep> steps;
  StateWords words;
  system.reset();
  for (const Choice& choice : arranged) {
    ArrangedStep step{.choice = choice, .only_joins = false, .is_done = true, .changes = {}};
    const StepReport& report = system.step(choice);
    step.is_done = report.status == StepStatus::Done;
    step.only_joins = only_joins(choice, report);
    if (step.is_done) {
      system.encode(words);
      if (system.arrange(words, step.changes).has_moved) system.restore(words);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

// Lets main join whoever has ended, as far as it does nothing else.
void join_ended(System& system, std::vector<Choice>& taken) {
  const Choice choice{.thread = kMain};
  std::vector<Choice> enabled;
  StateWords words;
  for (;;) {
    system.enabled(enabled);
    if (std::ranges::find(enabled, choice) == enabled.end()) return;
    system.encode(words);
    if (!only_joins(choice, system.step(choice))) {
      system.restore(words);
      return;
    }
    taken.push_back(choice);
  }
}

// The names with which an arranged state is reached: a set of them, as a number.
class NameSets {
 public:
  using Set = std::vector<std::uint32_t>;  // numbers of names, sorted
  std::uint32_t number_of(Set set) {
    const auto [entry, is_new] = numbers_.try_emplace(std::move(set), static_cast<std::uint32_t>(sets_.size()));
    if (is_new) sets_.push_back(&entry->first);
    return entry->second;
  }
  std::uint32_t number_of(const Names& names) {
    const auto [entry, is_new] = name_numbers_.try_emplace(names, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(&entry->first);
    return entry->second;
  }
  const Names& names(std::uint32_t number) const { return *names_[number]; }
  const Set& operator[](std::uint32_t number) const { return *sets_[number]; }

  std::uint32_t after(std::uint32_t set, std::uint32_t change, const ThreadChanges& changes) {
    if (changes.empty()) return set;
    const auto [entry, is_new] = moved_.try_emplace({set, change}, 0);
    if (!is_new) return entry->second;
    Set result;
    for (const std::uint32_t number : Set(*sets_[set])) result.push_back(number_of(names(number).after(changes)));
    std::ranges::sort(result);
    return moved_[{set, change}] = number_of(std::move(result));
  }
  std::uint32_t united(std::uint32_t a, std::uint32_t b) {
    if (a == b) return a;
    const auto [entry, is_new] = united_.try_emplace({a, b}, 0);
    if (!is_new) return entry->second;
    Set result;
    std::ranges::set_union(*sets_[a], *sets_[b], std::back_inserter(result));
    return united_[{a, b}] = number_of(std::move(result));
  }

 private:
  std::map<Set, std::uint32_t> numbers_;
  std::vector<const Set*> sets_;
  std::map<Names, std::uint32_t> name_numbers_;
  std::vector<const Names*> names_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> moved_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> united_;
};

class OutcomeExpansion {
 public:
  OutcomeExpansion(System& system, const StateGraph& graph) : system_(system), graph_(graph) {}

  std::vector<ReachedOutcome> expand() {
    find_names();
    find_sources();
    std::map<Outcome, std::pair<StateNumber, std::uint32_t>> ends;
    for (const auto& [outcome, state] : graph_.ends()) {
      for (const std::uint32_t number : sets_[names_of_[state]]) ends.try_emplace(renamed(outcome, sets_.names(number)), state, number);
    }
    std::vector<ReachedOutcome> reached;
    for (const auto& [outcome, end] : ends) reached.push_back({outcome, real_choices(system_, way_to(end.first, end.second))});
    return reached;
  }

 private:
  static constexpr std::uint32_t kUnknown = 0xffffffffu;

  // In each state, whatever its threads may be called by then.
  void find_names() {
    names_of_.assign(graph_.state_count(), kUnknown);
    names_of_[StateGraph::kInitial] = sets_.number_of(NameSets::Set{sets_.number_of(Names{})});
    for (bool is_stable = false; !is_stable;) {
      is_stable = true;
      for (StateNumber state = 0; state < graph_.state_count(); ++state) {
        if (names_of_[state] == kUnknown) continue;
        graph_.edges(state, edges_);
        for (const Edge& edge : edges_) {
          const std::uint32_t set = sets_.after(names_of_[state], edge.changes, graph_.changes(edge.changes));
          const std::uint32_t known = names_of_[edge.target];
          const std::uint32_t now = known == kUnknown ? set : sets_.united(known, set);
          if (now == known) continue;
          names_of_[edge.target] = now;
          if (edge.target <= state) is_stable = false;
        }
      }
    }
  }

  void find_sources() {
    first_source_.assign(graph_.state_count() + 1, 0);
    for (StateNumber state = 0; state < graph_.state_count(); ++state) {
      graph_.for_each_edge(state, [&](StateNumber target, const Choice&, std::uint32_t) { ++first_source_[target + 1]; });
    }
    for (std::size_t i = 1; i < first_source_.size(); ++i) first_source_[i] += first_source_[i - 1];
    sources_.resize(first_source_.back());
    std::vector<std::size_t> next(first_source_.begin(), first_source_.end() - 1);
    for (StateNumber state = 0; state < graph_.state_count(); ++state) {
      graph_.for_each_edge(state, [&](StateNumber target, const Choice&, std::uint32_t) { sources_[next[target]++] = state; });
    }
  }

  static Outcome renamed(const Outcome& outcome, const Names& names) {
    Outcome result = outcome;
    for (const ThreadEnd& thread : outcome.threads) {
      const auto name = static_cast<std::size_t>(names.of(thread.id));
      LOCKWEAVE_CHECK(name < result.threads.size(), "a thread is called by the name of one that there is not");
      ThreadEnd& real = result.threads[name];
      real.end = thread.end;
      real.output = thread.output;
    }
    return result;
  }

  // A way through the graph that leads to the state with its threads called so: backwards, depth first.
  using Named = std::pair<StateNumber, std::uint32_t>;
  struct Step {
    Named to;
    Choice choice;
  };
  std::vector<Choice> way_to(StateNumber state, std::uint32_t names) {
    const Named end{state, names};
    const Named begin{StateGraph::kInitial, sets_.number_of(Names{})};
    std::map<Named, Step> next{{end, {end, {}}}};
    std::vector<Named> open{end};
    while (open.back() != begin) {
      const Named at = open.back();
      open.pop_back();
      for (std::size_t i = first_source_[at.first + 1]; i-- > first_source_[at.first];) {  // the first to be found is on top
        graph_.edges(sources_[i], edges_);
        for (const Edge& edge : edges_) {
          if (edge.target != at.first) continue;
          for (const std::uint32_t before : sets_[names_of_[sources_[i]]]) {
            if (sets_.number_of(sets_.names(before).after(graph_.changes(edge.changes))) != at.second) continue;
            const Named source{sources_[i], before};
            if (next.try_emplace(source, Step{at, edge.choice}).second) open.push_back(source);
          }
        }
      }
      LOCKWEAVE_CHECK(!open.empty(), "an outcome is reached on no way");
    }
    std::vector<Choice> way;
    for (Named at = begin; at != end; at = next.at(at).to) way.push_back(next.at(at).choice);
    return way;
  }

  System& system_;
  const StateGraph& graph_;
  NameSets sets_;
  std::vector<std::uint32_t> names_of_;  // by state: a set
  std::vector<std::size_t> first_source_;
  std::vector<StateNumber> sources_;
  std::vector<Edge> edges_;
};

// Strongly connected components of a graph given by its arrows (Tarjan 1972, without recursion): for each node a number.
std::vector<std::uint32_t> components_of(const std::vector<std::vector<std::uint32_t>>& targets, std::uint32_t& count) {
  constexpr std::uint32_t kNew = 0xffffffffu;
  const auto size = static_cast<std::uint32_t>(targets.size());
  std::vector<std::uint32_t> component(size, kNew), index(size, kNew), low(size, 0), stack;
  std::vector<std::pair<std::uint32_t, std::size_t>> path;  // node, the next of its arrows
  std::uint32_t next_index = 0;
  count = 0;
  const auto enter = [&](std::uint32_t node) {
    index[node] = low[node] = next_index++;
    stack.push_back(node);
    path.emplace_back(node, 0);
  };
  for (std::uint32_t root = 0; root < size; ++root) {
    if (index[root] != kNew) continue;
    enter(root);
    while (!path.empty()) {
      const std::uint32_t node = path.back().first;
      if (path.back().second < targets[node].size()) {
        const std::uint32_t target = targets[node][path.back().second++];
        if (index[target] == kNew) {
          enter(target);
        } else if (component[target] == kNew) {
          low[node] = std::min(low[node], index[target]);
        }
        continue;
      }
      path.pop_back();
      if (!path.empty()) low[path.back().first] = std::min(low[path.back().first], low[node]);
      if (low[node] != index[node]) continue;
      for (std::uint32_t member = kNew; member != node;) {
        member = stack.back();
        stack.pop_back();
        component[member] = count;
      }
      ++count;
    }
  }
  return component;
}

// Components with a transition inside; states that are on no cycle are taken away first.
std::vector<std::vector<StateNumber>> cyclic_components(const StateGraph& graph) {
  constexpr std::uint32_t kGone = 0xffffffffu;
  std::vector<std::uint32_t> incoming(graph.state_count(), 0);
  for (StateNumber state = 0; state < graph.state_count(); ++state) {
    graph.for_each_edge(state, [&](StateNumber target, const Choice&, std::uint32_t) { ++incoming[target]; });
  }
  std::vector<StateNumber> free;
  for (StateNumber state = 0; state < graph.state_count(); ++state) {
    if (incoming[state] == 0) free.push_back(state);
  }
  while (!free.empty()) {
    const StateNumber state = free.back();
    free.pop_back();
    incoming[state] = kGone;
    graph.for_each_edge(state, [&](StateNumber target, const Choice&, std::uint32_t) {
      if (--incoming[target] == 0) free.push_back(target);
    });
  }
  std::vector<StateNumber> states;
  std::vector<std::uint32_t> place(graph.state_count(), kGone);
  for (StateNumber state = 0; state < graph.state_count(); ++state) {
    if (incoming[state] == kGone) continue;
    place[state] = static_cast<std::uint32_t>(states.size());
    states.push_back(state);
  }
  std::vector<std::vector<std::uint32_t>> targets(states.size());
  for (std::size_t i = 0; i < states.size(); ++i) {
    graph.for_each_edge(states[i], [&](StateNumber target, const Choice&, std::uint32_t) { targets[i].push_back(place[target]); });
  }
  std::uint32_t count = 0;
  const std::vector<std::uint32_t> component = components_of(targets, count);
  std::vector<std::vector<StateNumber>> members(count);
  std::vector<bool> is_cyclic(count, false);
  for (std::size_t i = 0; i < states.size(); ++i) {
    members[component[i]].push_back(states[i]);
    for (const std::uint32_t target : targets[i]) {
      if (component[target] == component[i]) is_cyclic[component[i]] = true;
    }
  }
  std::vector<std::vector<StateNumber>> cyclic;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (is_cyclic[i]) cyclic.push_back(std::move(members[i]));
  }
  return cyclic;
}

// A component with every state once for each naming of its threads that a way inside the component leads to. Which naming it begins
// with makes no difference: another one only calls all threads differently.
class Unfolding {
 public:
  Unfolding(const StateGraph& graph, const std::vector<StateNumber>& component) : graph_(graph), component_(component) {}

  bool unfold() {
    constexpr std::size_t most = 1'000'000;
    number_of(component_.front(), Names{});
    std::vector<Edge> edges;
    for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
      if (nodes_.size() > most) return false;
      const auto [state, names] = *keys_[node];
      graph_.edges(state, edges);
      for (const Edge& edge : edges) {
        const ThreadNumber thread = names.of(edge.choice.thread);
        nodes_[node].can_step.push_back(thread);
        if (!std::ranges::binary_search(component_, edge.target)) continue;
        const std::uint32_t target = number_of(edge.target, names.after(graph_.changes(edge.changes)));
        nodes_[node].arrows.emplace_back(target, thread);
      }
    }
    return true;
  }

  // Strong fairness: Emerson and Lei 1987, as in fair_cycles.h.
  bool has_fair_cycle() const {
    std::vector<std::vector<std::uint32_t>> candidates(1);
    for (std::uint32_t node = 0; node < nodes_.size(); ++node) candidates[0].push_back(node);
    while (!candidates.empty()) {
      const std::vector<std::uint32_t> candidate = std::move(candidates.back());
      candidates.pop_back();
      for (const std::vector<std::uint32_t>& members : parts_of(candidate)) {
        std::set<ThreadNumber> inside, can_step;
        for (const std::uint32_t node : members) {
          can_step.insert(nodes_[node].can_step.begin(), nodes_[node].can_step.end());
          for (const auto& [target, thread] : nodes_[node].arrows) {
            if (std::ranges::binary_search(members, target)) inside.insert(thread);
          }
        }
        if (inside.empty()) continue;
        if (inside == can_step) return true;
        std::vector<std::uint32_t> left;
        for (const std::uint32_t node : members) {
          if (std::ranges::all_of(nodes_[node].can_step, [&](ThreadNumber thread) { return inside.contains(thread); })) left.push_back(node);
        }
        if (!left.empty()) candidates.push_back(std::move(left));
      }
    }
    return false;
  }

 private:
  struct Node {
    std::vector<std::pair<std::uint32_t, ThreadNumber>> arrows;
    std::vector<ThreadNumber> can_step;
  };
  using Named = std::pair<StateNumber, Names>;

  std::uint32_t number_of(StateNumber state, const Names& names) {
    const auto [entry, is_new] = numbers_.try_emplace(Named{state, names}, static_cast<std::uint32_t>(nodes_.size()));
    if (is_new) {
      keys_.push_back(&entry->first);
      nodes_.emplace_back();
    }
    return entry->second;
  }

  // `nodes`: sorted, as are the parts.
  std::vector<std::vector<std::uint32_t>> parts_of(const std::vector<std::uint32_t>& nodes) const {
    std::vector<std::vector<std::uint32_t>> targets(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      for (const auto& [target, thread] : nodes_[nodes[i]].arrows) {
        const auto place = std::ranges::lower_bound(nodes, target);
        if (place != nodes.end() && *place == target) targets[i].push_back(static_cast<std::uint32_t>(place - nodes.begin()));
      }
    }
    std::uint32_t count = 0;
    const std::vector<std::uint32_t> component = components_of(targets, count);
    std::vector<std::vector<std::uint32_t>> parts(count);
    for (std::size_t i = 0; i < nodes.size(); ++i) parts[component[i]].push_back(nodes[i]);
    return parts;
  }

  const StateGraph& graph_;
  const std::vector<StateNumber>& component_;
  std::map<Named, std::uint32_t> numbers_;
  std::vector<const Named*> keys_;
  std::vector<Node> nodes_;
};

}  // namespace

Cycles judge_cycles(const StateGraph& graph, Fairness fairness) {
  for (const std::vector<StateNumber>& component : cyclic_components(graph)) {
    if (fairness != Fairness::Strong) return Cycles::Unknown;
    Unfolding unfolding(graph, component);
    if (!unfolding.unfold()) return Cycles::Unknown;
    if (unfolding.has_fair_cycle()) return Cycles::SomeIsFair;
  }
  return Cycles::NoneIsFair;
}

std::vector<Choice> real_choices(System& system, const std::vector<Choice>& arranged) {
  const std::vector<ArrangedStep> steps = follow(system, arranged);
  if (std::ranges::all_of(steps, [](const ArrangedStep& step) { return step.changes.empty(); })) return arranged;
  std::vector<Choice> taken;
  Names names;
  bool is_renamed = false;
  system.reset();
  for (const ArrangedStep& step : steps) {
    if (is_renamed) join_ended(system, taken);
    if (!is_renamed || !step.only_joins) {
      Choice choice = step.choice;
      choice.thread = names.of(choice.thread);
      std::vector<Choice> enabled;
      system.enabled(enabled);
      LOCKWEAVE_CHECK(std::ranges::find(enabled, choice) != enabled.end(), "an execution with threads in order cannot be followed with their own names");
      (void)system.step(choice);
      taken.push_back(choice);
    }
    names = names.after(step.changes);
    is_renamed = is_renamed || !step.changes.empty();
  }
  if (steps.back().is_done) join_ended(system, taken);
  return taken;
}

std::uint32_t preemptions_of(System& system, const std::vector<Choice>& choices, bool timeouts_last) {
  std::uint32_t preemptions = 0;
  trace::Past past;
  trace::Available available;
  const auto itself = [](const Choice& c) -> const Choice& { return c; };
  system.reset();
  for (const Choice& choice : choices) {
    trace::find_available(system, timeouts_last, available);
    if (trace::is_preemption(past, trace::last_can_go_on(past, available.choices, itself), choice)) ++preemptions;
    past = trace::past_after(past, choice, system.step(choice).released);
  }
  return preemptions;
}

std::vector<ReachedOutcome> all_outcomes(System& system, const StateGraph& graph) {
  return OutcomeExpansion(system, graph).expand();
}

std::vector<Counterexample> find_simplest_anywhere(System& system, PropertySet broken, const ExploreOptions& options, std::size_t bytes, bool was_stopped) {
  constexpr std::uint64_t kStates = 2'000'000;
  Budget budget = budget_after(options.budget, was_stopped);
  budget.max_states = std::min(kStates, options.budget.max_states);
  BudgetWatch watch(budget);
  StateGraph graph(system, {.properties = broken, .timeouts_last = options.timeouts_last});
  for (;;) {
    PreemptionSearch::Limits limits;
    limits.expand = true;
    (options.keep_going ? limits.stop_at_all_of : limits.stop_at_first_of) = broken;
    PreemptionSearch search(graph, watch, bytes, limits);
    if (search.run() != PreemptionSearch::End::Refined) return simplest_of(search, options.keep_going);
    graph.restart();
  }
}

}  // namespace lockweave::explore
