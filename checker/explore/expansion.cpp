#include "checker/explore/expansion.h"

#include <algorithm>

#include "checker/property/deadlock.h"
#include "model/base/learnt.h"

namespace lockweave::explore {

void Expansion::clear() {
  transitions.clear();
  words.clear();
  events.clear();
  accesses.clear();
  standing.clear();
  standing_before = 0;
  has_daemon = false;
  changes.clear();
  told_apart = {};
  broken = {};
  is_refined = is_end = is_deadlocked_end = cuts_off_daemon = false;
  error.clear();
  outcome.reset();
  serial_record.reset();
  end_events.clear();
}

void Expander::encode_current(std::uint32_t last, StateWords& words) {
  system_.encode(words);
  if (options_.serial) words.push_back(last);
}

void Expander::expand(std::span<const std::uint32_t> words, std::span<const Choice> asleep, Expansion& found) {
  found.clear();
  const std::span<const std::uint32_t> own = system_words(words);
  const std::uint32_t last = options_.serial ? words.back() : 0;
  system_.restore(own);
  trace::find_available(system_, options_.timeouts_last, available_);
  if (options_.serial) apply_serial_rule(last);
  judge_state(found);
  if (options_.persistent_sets) look_at_threads(found);
  bool moved = false;
  for (const Choice& choice : available_.choices) {
    if (std::ranges::find(asleep, choice) != asleep.end()) continue;
    if (moved) system_.restore(own);
    moved = true;
    current_choice_ = &choice;
    run_choice(choice, last, found);
    current_choice_ = nullptr;
    if (found.is_refined) return;
  }
}

void Expander::find_choices(std::span<const std::uint32_t> words, std::vector<Choice>& choices) {
  system_.restore(system_words(words));
  trace::find_available(system_, options_.timeouts_last, available_);
  choices = available_.choices;
}

// The system stands in the state.
void Expander::look_at_threads(Expansion& found) {
  system_.stands(found.standing);
  found.standing_before = static_cast<std::uint32_t>(found.standing.size());
  system_.unfinished(unfinished_);
  found.has_daemon = found.standing.size() > unfinished_.size();
}

void Expander::run_again(std::span<const std::uint32_t> words, std::span<const Choice> choices, Expansion& found) {
  found.clear();
  const std::uint32_t last = options_.serial ? words.back() : 0;
  if (options_.persistent_sets) {
    system_.restore(system_words(words));
    look_at_threads(found);
  }
  for (const Choice& choice : choices) {
    system_.restore(system_words(words));
    current_choice_ = &choice;
    run_choice(choice, last, found);
    current_choice_ = nullptr;
    if (found.is_refined) return;
  }
}

void Expander::run_choice(const Choice& choice, std::uint32_t last, Expansion& found) {
  const std::uint64_t learnt_before = things_learnt();
  const StepReport& report = system_.step(choice);
  if (report.status == StepStatus::Refined) {
    found.is_refined = true;
    found.refined_by = choice;
    return;
  }
  Expansion::Transition& transition = found.transitions.emplace_back();
  transition.choice = choice;
  transition.released = report.released;
  transition.teaches = report.teaches;
  transition.taught = things_learnt() != learnt_before;
  if (report.status == StepStatus::Unsupported) {
    transition.is_supported = false;
    if (found.error.empty()) found.error = report.error;
    return;
  }
  if (!report.events.empty()) {
    transition.broken = judge_.broken_by(report.events);
    transition.first_event = static_cast<std::uint32_t>(found.events.size());
    transition.event_count = static_cast<std::uint32_t>(report.events.size());
    found.events.insert(found.events.end(), report.events.begin(), report.events.end());
  }
  if (options_.looks_at_footprints()) {
    transition.first_access = static_cast<std::uint32_t>(found.accesses.size());
    transition.access_count = static_cast<std::uint32_t>(report.footprint.size());
    transition.holds_gil = report.holds_gil;
    found.accesses.insert(found.accesses.end(), report.footprint.begin(), report.footprint.end());
  }
  const bool runs = choice.kind == ChoiceKind::Run || choice.kind == ChoiceKind::Branch;
  encode_current(runs ? choice.thread + 1 : last, words_);
  if (options_.persistent_sets) {
    system_.stands(standing_);
    transition.first_standing = static_cast<std::uint32_t>(found.standing.size());
    transition.standing_count = static_cast<std::uint32_t>(standing_.size());
    found.standing.insert(found.standing.end(), standing_.begin(), standing_.end());
  }
  const bool is_put_in_order = !options_.symmetry || put_in_order(transition, found);
  transition.taught = things_learnt() != learnt_before;
  if (!is_put_in_order) {
    found.transitions.pop_back();
    found.is_refined = true;
    found.refined_by = choice;
    return;
  }
  transition.first_word = static_cast<std::uint32_t>(found.words.size());
  transition.word_count = static_cast<std::uint32_t>(words_.size());
  found.words.insert(found.words.end(), words_.begin(), words_.end());
}

// No: refined.
bool Expander::put_in_order(Expansion::Transition& transition, Expansion& found) {
  const System::Arrangement arranged = system_.arrange(words_, changes_);
  if (arranged.has_moved) {
    found.changes.push_back(changes_);
    transition.changes = static_cast<std::uint32_t>(found.changes.size());
  }
  transition.teaches = transition.teaches || arranged.teaches;
  if (found.told_apart.empty()) found.told_apart = system_.told_apart();
  return !arranged.is_refined;
}

// A thread that stands inside an import and can go on is not switched out; wake-ups and timeouts of others need no GIL.
void Expander::apply_serial_rule(std::uint32_t last) {
  if (last == 0 || !system_.inside_import(last - 1)) return;
  const ThreadNumber thread = last - 1;
  const auto runs = [](const Choice& choice) {
    return choice.kind == ChoiceKind::Run || choice.kind == ChoiceKind::Branch;
  };
  const auto goes_on = [&](const Choice& choice) { return choice.thread == thread && runs(choice); };
  if (std::ranges::none_of(available_.choices, goes_on)) return;
  std::erase_if(available_.choices, [&](const Choice& choice) { return choice.thread != thread && runs(choice); });
}

void Expander::judge_state(Expansion& found) {
  system_.waits(waiting_);
  if (available_.can_step && waiting_.empty()) return;
  property::StuckFacts facts{available_.can_step, false, {}};
  if (!facts.can_step) {
    system_.unfinished(unfinished_);
    facts.unfinished = !unfinished_.empty();
  }
  facts.waiting.swap(waiting_);
  const bool deadlocked = property::is_deadlock(facts);
  facts.waiting.swap(waiting_);
  if (deadlocked) found.broken.add(PropertyWord::Deadlock);
  if (available_.choices.empty()) judge_end(facts.unfinished, found);
}

// Requires: no choice is left. The system stands in the state.
void Expander::judge_end(bool deadlocked, Expansion& found) {
  found.is_end = true;
  found.is_deadlocked_end = deadlocked;
  if (options_.want_outcomes || options_.properties.has(PropertyWord::LockLeak) || options_.looks_at_footprints()) {
    Outcome outcome = system_.outcome(found.end_events);
    const bool all_ended = std::ranges::none_of(
        outcome.threads, [](const ThreadEnd& thread) { return thread.end == "blocked" || thread.end == "daemon"; });
    if (all_ended && judge_.broken_by(found.end_events).has(PropertyWord::LockLeak)) found.broken.add(PropertyWord::LockLeak);
    found.cuts_off_daemon = !deadlocked && std::ranges::any_of(outcome.threads, [](const ThreadEnd& thread) { return thread.end == "daemon"; });
    if (options_.want_outcomes) found.outcome = std::move(outcome);
  }
  if (options_.serial) found.serial_record = system_.serial_record();
  if (options_.reference != nullptr && !options_.reference->allows(system_.serial_record())) {
    found.broken.add(PropertyWord::Unserializable);
  }
}

}  // namespace lockweave::explore
