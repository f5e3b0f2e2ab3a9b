#include "checker/explore/dpor_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checker/explore/simplest.h"
#include "checker/property/deadlock.h"
#include "checker/trace/preemption.h"

namespace lockweave::explore {

void DporFindings::clear() {
  cuts_ = 0;
  reasons_.clear();
  found_.clear();
  outcomes_.clear();
  sometimes_stated_.clear();
  sometimes_reached_.clear();
  states_eventually_ = false;
  error_.clear();
  error_choices_.clear();
  witnesses_.clear();
}

void DporFindings::save(SavedFindings& saved) const {
  saved.cuts = cuts_;
  saved.reasons.assign(reasons_.begin(), reasons_.end());
  saved.found = found_;
  for (const auto& [outcome, choices] : outcomes_) saved.ends.push_back(choices);
  saved.witnesses = witnesses_;
  saved.error = error_;
  saved.error_choices = error_choices_;
}

// Names and outcomes are not the same numbers in another process: what told them tells them again.
void DporFindings::restore(const SavedFindings& saved) {
  cuts_ = saved.cuts;
  reasons_.insert(saved.reasons.begin(), saved.reasons.end());
  found_ = saved.found;
  for (const Way& way : saved.ends) {
    system_.reset();
    for (const Choice& choice : way) (void)system_.step(choice);
    std::vector<Event> events;
    outcomes_.try_emplace(system_.outcome(events), way);
  }
  for (const Way& way : saved.witnesses) {
    system_.reset();
    for (const Choice& choice : way) {
      const StepReport& report = system_.step(choice);
      if (&choice == &way.back()) (void)learn_from(report.events);
    }
  }
  witnesses_ = saved.witnesses;
  error_ = saved.error;
  error_choices_ = saved.error_choices;
}

void DporFindings::note_error(const std::string& error, std::vector<Choice> choices) {
  if (!error_.empty()) return;
  error_ = error;
  error_choices_ = std::move(choices);
}

// Was it news?
bool DporFindings::learn_from(const std::vector<Event>& events) {
  bool is_news = false;
  const auto note = [&](bool& known) { is_news = is_news || !std::exchange(known, true); };
  for (const Event& event : events) {
    switch (event.kind) {
      case EventKind::SometimesStated: is_news |= sometimes_stated_.insert(event.subject).second; break;
      case EventKind::SometimesReached: is_news |= sometimes_reached_.insert(event.subject).second; break;
      case EventKind::EventuallyStated: note(states_eventually_); break;
      default: break;
    }
  }
  return is_news;
}

bool DporFindings::is_worth_noting(PropertySet broken, std::size_t steps) const {
  return std::ranges::any_of(broken.words(), [&](PropertyWord word) {
    const auto known = found_.find(word);
    return known == found_.end() || steps < known->second.size();
  });
}

void DporFindings::note(PropertySet broken, const std::vector<Choice>& choices) {
  for (const PropertyWord word : broken.words()) {
    const auto [known, is_new] = found_.try_emplace(word, choices);
    if (!is_new && choices.size() < known->second.size()) known->second = choices;
  }
}

bool DporFindings::judge_end(std::vector<Choice> choices) {
  system_.unfinished(unfinished_);
  system_.waits(waiting_);
  const bool is_deadlocked = !unfinished_.empty();
  const bool stuck = property::is_deadlock({false, is_deadlocked, waiting_});
  if (stuck && options_.properties.has(PropertyWord::Deadlock)) note({PropertyWord::Deadlock}, choices);
  std::vector<Event> events;
  Outcome outcome = system_.outcome(events);
  const auto ends_as = [&](std::string_view how) {
    return std::ranges::any_of(outcome.threads, [&](const ThreadEnd& thread) { return thread.end == how; });
  };
  if (ends_as("daemon")) reasons_.insert("the program's end cuts off a daemon thread, which this strategy does not follow in every order");
  if (!ends_as("daemon") && !ends_as("blocked")) note(judge_.broken_by(events), choices);
  if (options_.want_outcomes) outcomes_.try_emplace(std::move(outcome), std::move(choices));
  return is_deadlocked;
}

Exploration DporFindings::conclude(const Stats& stats, const std::string& budget_reason) {
  Exploration result;
  explain(result, stats, budget_reason);
  add_unchecked(result);
  add_found(result);
  add_sometimes(result);
  for (auto& [outcome, choices] : outcomes_) result.outcomes.push_back({outcome, std::move(choices)});
  if (stats.restarts > 0) {
    result.notes.push_back(fmt::format("the exploration started again {} time{}: what one execution read had to be told apart in all",
                                       stats.restarts, stats.restarts == 1 ? "" : "s"));
  }
  return result;
}

void DporFindings::explain(Exploration& result, const Stats& stats, std::string why) {
  if (cuts_ > 0) {
    reasons_.insert(fmt::format("{} execution{} came back to a state on the way and {} cut there", cuts_, cuts_ == 1 ? "" : "s", cuts_ == 1 ? "was" : "were"));
  }
  if (stats.sleep_blocked > 0) reasons_.insert("executions were given up half-way");
  for (const std::string& reason : reasons_) why += (why.empty() ? "" : "; ") + reason;
  if (!error_.empty()) why = "a step could not be run";
  result.error = error_;
  result.error_choices = error_choices_;
  result.complete = why.empty();
  result.why_incomplete = why;
  if (result.complete) result.notes.push_back("no state came back along any execution: every execution ends");
}

void DporFindings::add_unchecked(Exploration& result) const {
  const auto leave = [&](PropertyWord word) {
    if (options_.properties.has(word)) result.unchecked.add(word);
  };
  if (cuts_ > 0) leave(PropertyWord::Livelock);
  if (states_eventually_) leave(PropertyWord::Eventually);
  leave(PropertyWord::Unserializable);
}

void DporFindings::add_found(Exploration& result) {
  if (found_.empty()) return;
  PropertySet broken;
  for (const auto& [word, choices] : found_) broken.add(word);
  find_simplest_of(broken, result);
  for (const auto& [word, choices] : found_) {
    const bool is_shown = std::ranges::find(result.found, word, &Counterexample::property) != result.found.end();
    if (is_shown || (!options_.keep_going && !result.found.empty())) continue;
    result.found.push_back({.property = word, .choices = choices, .preemptions = preemptions_of(choices), .minimal = false, .message = {}, .loop_begin = 0});
  }
}

// The executions explored are any of their traces; the simplest is looked for among all, for a short time.
void DporFindings::find_simplest_of(PropertySet broken, Exploration& result) {
  constexpr double kSeconds = 10;
  constexpr std::uint64_t kStates = 2'000'000;
  Budget budget = options_.budget;
  budget.max_seconds = std::min(kSeconds, budget.max_seconds);
  budget.max_states = std::min(kStates, budget.max_states);
  BudgetWatch watch(budget);
  StateGraph graph(system_, {.properties = broken, .timeouts_last = options_.timeouts_last, .want_outcomes = false, .reference = nullptr, .serial = false});
  for (;;) {
    PreemptionSearch::Limits limits;
    limits.expand = true;
    (options_.keep_going ? limits.stop_at_all_of : limits.stop_at_first_of) = broken;
    PreemptionSearch search(graph, watch, system_.table_bytes(), limits);
    const PreemptionSearch::End end = search.run();
    if (end == PreemptionSearch::End::Refined) {
      graph.restart();
      continue;
    }
    for (Counterexample& counterexample : simplest_of(search, options_.keep_going)) {
      if (found_.contains(counterexample.property)) result.found.push_back(std::move(counterexample));
    }
    return;
  }
}

std::uint32_t DporFindings::preemptions_of(const std::vector<Choice>& choices) {
  std::uint32_t preemptions = 0;
  trace::Past past;
  const auto itself = [](const Choice& c) -> const Choice& { return c; };
  system_.reset();
  for (const Choice& choice : choices) {
    trace::find_available(system_, options_.timeouts_last, available_);
    if (trace::is_preemption(past, trace::last_can_go_on(past, available_.choices, itself), choice)) ++preemptions;
    past = trace::past_after(past, choice, system_.step(choice).released);
  }
  return preemptions;
}

void DporFindings::add_sometimes(Exploration& result) {
  std::vector<std::uint32_t> missed;
  std::ranges::set_difference(sometimes_stated_, sometimes_reached_, std::back_inserter(missed));
  if (missed.empty() || !options_.properties.has(PropertyWord::Sometimes)) return;
  if (!result.complete) {
    result.unchecked.add(PropertyWord::Sometimes);
    return;
  }
  if (!options_.keep_going && !result.found.empty()) return;
  std::string text = "no execution reaches";
  for (const std::uint32_t name : missed) text += fmt::format("{} {}", text.ends_with("reaches") ? "" : ",", system_.name_text(name));
  result.found.push_back({.property = PropertyWord::Sometimes, .choices = {}, .preemptions = 0, .minimal = true, .message = text, .loop_begin = 0});
}

}  // namespace lockweave::explore
