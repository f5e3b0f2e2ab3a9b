#include "checker/explore/dpor_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checker/explore/simplest.h"
#include "checker/property/deadlock.h"
#include "checker/trace/preemption.h"

namespace lockweave::explore {

void DporFindings::add(const Facts& facts) {
  const auto add_names = [](std::set<std::uint32_t>& known, const std::set<std::uint32_t>& more) {
    const std::size_t count = known.size();
    known.insert(more.begin(), more.end());
    return known.size() > count;
  };
  bool is_news = facts.states_eventually && !facts_.states_eventually;
  facts_.states_eventually |= facts.states_eventually;
  is_news |= add_names(facts_.sometimes_stated, facts.sometimes_stated);
  is_news |= add_names(facts_.sometimes_reached, facts.sometimes_reached);
  if (is_news) facts_.witnesses.insert(facts_.witnesses.end(), facts.witnesses.begin(), facts.witnesses.end());
  facts_.cuts += facts.cuts;
  facts_.reasons.insert(facts.reasons.begin(), facts.reasons.end());
  for (const auto& [word, choices] : facts.found) {
    if (is_worth_noting({word}, choices.size())) note({word}, choices);
  }
  facts_.outcomes.insert(facts.outcomes.begin(), facts.outcomes.end());
  if (!facts.error.empty()) note_error(facts.error, facts.error_choices);
}

void DporFindings::save(SavedFindings& saved) const {
  saved.cuts = facts_.cuts;
  saved.reasons.assign(facts_.reasons.begin(), facts_.reasons.end());
  saved.found = facts_.found;
  for (const auto& [outcome, choices] : facts_.outcomes) saved.ends.push_back(choices);
  saved.witnesses = facts_.witnesses;
  saved.error = facts_.error;
  saved.error_choices = facts_.error_choices;
}

// Names and outcomes are not the same numbers in another process: what told them tells them again.
void DporFindings::restore(const SavedFindings& saved) {
  facts_.cuts = saved.cuts;
  facts_.reasons.insert(saved.reasons.begin(), saved.reasons.end());
  facts_.found = saved.found;
  for (const Way& way : saved.ends) {
    system_.reset();
    for (const Choice& choice : way) (void)system_.step(choice);
    std::vector<Event> events;
    facts_.outcomes.try_emplace(system_.outcome(events), way);
  }
  for (const Way& way : saved.witnesses) {
    system_.reset();
    for (const Choice& choice : way) {
      const StepReport& report = system_.step(choice);
      if (&choice == &way.back()) (void)learn_from(report.events);
    }
  }
  facts_.witnesses = saved.witnesses;
  facts_.error = saved.error;
  facts_.error_choices = saved.error_choices;
}

void DporFindings::note_error(const std::string& error, std::vector<Choice> choices) {
  if (!facts_.error.empty()) return;
  facts_.error = error;
  facts_.error_choices = std::move(choices);
}

// Was it news?
bool DporFindings::learn_from(const std::vector<Event>& events) {
  bool is_news = false;
  const auto note = [&](bool& known) { is_news = is_news || !std::exchange(known, true); };
  for (const Event& event : events) {
    switch (event.kind) {
      case EventKind::SometimesStated: is_news |= facts_.sometimes_stated.insert(event.subject).second; break;
      case EventKind::SometimesReached: is_news |= facts_.sometimes_reached.insert(event.subject).second; break;
      case EventKind::EventuallyStated: note(facts_.states_eventually); break;
      default: break;
    }
  }
  return is_news;
}

bool DporFindings::is_worth_noting(PropertySet broken, std::size_t steps) const {
  return std::ranges::any_of(broken.words(), [&](PropertyWord word) {
    const auto known = facts_.found.find(word);
    return known == facts_.found.end() || steps < known->second.size();
  });
}

void DporFindings::note(PropertySet broken, const std::vector<Choice>& choices) {
  for (const PropertyWord word : broken.words()) {
    const auto [known, is_new] = facts_.found.try_emplace(word, choices);
    if (!is_new && choices.size() < known->second.size()) known->second = choices;
  }
}

DporEnd DporFindings::judge_end() {
  DporEnd end;
  system_.unfinished(unfinished_);
  system_.waits(waiting_);
  end.is_deadlocked = !unfinished_.empty();
  const bool stuck = property::is_deadlock({false, end.is_deadlocked, waiting_});
  if (stuck && options_.properties.has(PropertyWord::Deadlock)) end.broken.add(PropertyWord::Deadlock);
  std::vector<Event> events;
  end.outcome = system_.outcome(events);
  const auto ends_as = [&](std::string_view how) {
    return std::ranges::any_of(end.outcome.threads, [&](const ThreadEnd& thread) { return thread.end == how; });
  };
  end.cuts_off_daemon = ends_as("daemon");
  if (!end.cuts_off_daemon && !ends_as("blocked")) end.broken = end.broken | judge_.broken_by(events);
  if (!options_.want_outcomes) end.outcome = {};
  return end;
}

void DporFindings::note_end(const DporEnd& end, const std::vector<Choice>& choices) {
  note(end.broken, choices);
  if (end.cuts_off_daemon) note_reason("the program's end cuts off a daemon thread, which this strategy does not follow in every order");
  if (options_.want_outcomes) facts_.outcomes.try_emplace(end.outcome, choices);
}

Exploration DporFindings::conclude(const Stats& stats, const std::string& budget_reason) {
  Exploration result;
  explain(result, stats, budget_reason);
  add_unchecked(result);
  add_found(result);
  add_sometimes(result);
  for (auto& [outcome, choices] : facts_.outcomes) result.outcomes.push_back({outcome, std::move(choices)});
  if (stats.restarts > 0) {
    result.notes.push_back(fmt::format("the exploration started again {} time{}: what one execution read had to be told apart in all",
                                       stats.restarts, stats.restarts == 1 ? "" : "s"));
  }
  return result;
}

void DporFindings::explain(Exploration& result, const Stats& stats, std::string why) {
  if (facts_.cuts > 0) {
    facts_.reasons.insert(fmt::format("{} execution{} came back to a state on the way and {} cut there", facts_.cuts, facts_.cuts == 1 ? "" : "s", facts_.cuts == 1 ? "was" : "were"));
  }
  if (stats.sleep_blocked > 0) facts_.reasons.insert("executions were given up half-way");
  for (const std::string& reason : facts_.reasons) why += (why.empty() ? "" : "; ") + reason;
  if (!facts_.error.empty()) why = "a step could not be run";
  result.error = facts_.error;
  result.error_choices = facts_.error_choices;
  result.complete = why.empty();
  result.why_incomplete = why;
  if (result.complete) result.notes.push_back("no state came back along any execution: every execution ends");
}

void DporFindings::add_unchecked(Exploration& result) const {
  const auto leave = [&](PropertyWord word) {
    if (options_.properties.has(word)) result.unchecked.add(word);
  };
  if (facts_.cuts > 0) leave(PropertyWord::Livelock);
  if (facts_.states_eventually) leave(PropertyWord::Eventually);
  leave(PropertyWord::Unserializable);
}

void DporFindings::add_found(Exploration& result) {
  if (facts_.found.empty()) return;
  PropertySet broken;
  for (const auto& [word, choices] : facts_.found) broken.add(word);
  find_simplest_of(broken, result);
  for (const auto& [word, choices] : facts_.found) {
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
      if (facts_.found.contains(counterexample.property)) result.found.push_back(std::move(counterexample));
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
  std::ranges::set_difference(facts_.sometimes_stated, facts_.sometimes_reached, std::back_inserter(missed));
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
