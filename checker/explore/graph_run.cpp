#include "checker/explore/graph_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "checker/explore/fair_cycles.h"
#include "checker/explore/simplest.h"

namespace lockweave::explore {

GraphRun::GraphRun(System& system, const ExploreOptions& options)
    : system_(system), options_(options), watch_(options.budget) {
  start();
}

GraphRun::~GraphRun() = default;

void GraphRun::start() {
  reference_ = {};
  if (options_.properties.has(PropertyWord::Unserializable)) {
    ReferenceRun run = explore_reference(system_, options_.timeouts_last, watch_);
    while (run.refined) {
      ++restarts_;
      run = explore_reference(system_, options_.timeouts_last, watch_);
    }
    reference_ = std::move(run.reference);
    reference_states_ = run.states;
  }
  const GraphOptions graph_options{.properties = options_.properties,
                                   .timeouts_last = options_.timeouts_last,
                                   .want_outcomes = options_.want_outcomes,
                                   .reference = reference_.complete ? &reference_ : nullptr,
                                   .serial = false};
  graph_ = std::make_unique<StateGraph>(system_, graph_options);
}

void GraphRun::start_again() {
  ++restarts_;
  start();
}

Exploration GraphRun::conclude(bool complete, std::uint64_t depth, const PreemptionSearch* searched) {
  watch_.look(bytes());
  Exploration result;
  result.complete = complete;
  if (!complete) result.why_incomplete = watch_.reason();
  if (const auto& unsupported = graph_->unsupported()) {
    result.complete = false;
    result.why_incomplete = "a step could not be run";
    result.error = unsupported->text;
    result.error_choices = unsupported->choices;
  }
  judge_livelock(result.complete, result);
  add_counterexamples(searched, result);
  judge_stated(result.complete, result);
  if (options_.want_outcomes) fill_outcomes(result);
  if (restarts_ > 0) {
    result.notes.push_back(fmt::format("the exploration started again {} time{}, each time with more known about what threads share",
                                       restarts_, restarts_ == 1 ? "" : "s"));
  }
  result.stats = {.states = graph_->state_count(),
                  .transitions = graph_->transition_count(),
                  .executions = graph_->end_count(),
                  .deadlocked = graph_->deadlock_end_count(),
                  .sleep_blocked = 0,
                  .max_depth = depth,
                  .seconds = watch_.seconds(),
                  .peak_bytes = watch_.peak_bytes(),
                  .restarts = restarts_};
  return result;
}

void GraphRun::judge_livelock(bool complete, Exploration& result) {
  if (!complete || !options_.properties.has(PropertyWord::Livelock)) return;
  cycles_ = std::make_unique<FairCycles>(*graph_);
  for (const auto& component : cycles_->components()) {
    for (const StateNumber state : component) graph_->mark_livelock(state);
  }
  if (!cycles_->components().empty()) {
    result.notes.push_back(fmt::format("{} set{} of states in which the program can go round for ever under strong fairness",
                                       cycles_->components().size(), cycles_->components().size() == 1 ? "" : "s"));
  }
}

void GraphRun::judge_stated(bool complete, Exploration& result) {
  if (options_.properties.has(PropertyWord::Eventually) && graph_->states_eventually()) {
    result.unchecked.add(PropertyWord::Eventually);
    result.notes.push_back("`eventually` is not judged by this strategy");
  }
  if (options_.properties.has(PropertyWord::Unserializable) && !reference_.complete) {
    result.unchecked.add(PropertyWord::Unserializable);
    result.notes.push_back("`unserializable` is not judged: its reference executions could not be explored completely");
  }
  const auto missed = graph_->never_reached();
  if (missed.empty() || !options_.properties.has(PropertyWord::Sometimes)) return;
  if (!complete) {
    result.unchecked.add(PropertyWord::Sometimes);
    return;
  }
  if (!options_.keep_going && !result.found.empty()) return;
  std::string text = "no execution reaches";
  for (const std::uint32_t name : missed) text += fmt::format("{} {}", text.ends_with("reaches") ? "" : ",", system_.name_text(name));
  result.found.push_back({.property = PropertyWord::Sometimes, .choices = {}, .preemptions = 0, .minimal = true, .message = text, .loop_begin = 0});
}

void GraphRun::add_counterexamples(const PreemptionSearch* searched, Exploration& result) {
  if (searched != nullptr) {
    result.found = simplest_of(*searched, options_.keep_going);
  } else if (!graph_->broken().empty()) {
    const bool was_stopped = !watch_.reason().empty();
    result.found = find_simplest(*graph_, bytes(), options_.keep_going, options_.budget, was_stopped);
    for (const PropertyWord word : graph_->broken().words()) {
      const bool is_shown = std::ranges::find(result.found, word, &Counterexample::property) != result.found.end();
      if (!is_shown && (options_.keep_going || result.found.empty())) result.found.push_back(any_way(word));
    }
  }
  for (Counterexample& counterexample : result.found) finish(counterexample);
}

// The way on which the property was first met, where no time was left to look for a simpler one.
Counterexample GraphRun::any_way(PropertyWord property) {
  return {.property = property, .choices = graph_->first_way_to(property), .preemptions = graph_->preemptions_of(graph_->first_way_to(property)),
          .minimal = false, .message = {}, .loop_begin = 0};
}

// What only the graph knows about it.
void GraphRun::finish(Counterexample& counterexample) {
  if (counterexample.property == PropertyWord::Livelock) {
    const auto loop = cycles_->loop_from(graph_->state_after(counterexample.choices));
    counterexample.loop_begin = counterexample.choices.size();
    counterexample.choices.insert(counterexample.choices.end(), loop.begin(), loop.end());
    counterexample.message = fmt::format("from step {} on the last {} step{} can repeat for ever, and every thread that can go on takes part",
                                         counterexample.loop_begin + 1, loop.size(), loop.size() == 1 ? "" : "s");
  }
  if (counterexample.property == PropertyWord::Unserializable) {
    graph_->move_system_to(graph_->state_after(counterexample.choices));
    counterexample.message = property::unserializable_message(system_.serial_record(), reference_);
  }
}

void GraphRun::fill_outcomes(Exploration& result) {
  for (const auto& [outcome, state] : graph_->outcomes()) result.outcomes.push_back({outcome, graph_->path_to(state)});
}

}  // namespace lockweave::explore
