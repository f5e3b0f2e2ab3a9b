#include "checker/explore/liveness.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "checker/explore/simplest.h"
#include "checker/property/stated.h"
#include "checker/trace/simplest.h"

namespace lockweave::explore {

namespace {

std::string_view plural(std::size_t count) { return count == 1 ? "" : "s"; }

bool is_simpler(const Counterexample& left, const Counterexample& right) {
  return trace::simpler({left.preemptions, left.property, &left.choices}, {right.preemptions, right.property, &right.choices});
}

}  // namespace

Liveness::Liveness(StateGraph& graph, PropertySet asked, Fairness fairness, std::uint64_t spare_bytes) : graph_(graph), fairness_(fairness) {
  if (asked.has(PropertyWord::Livelock)) judge_cycles(spare_bytes);
  if (asked.has(PropertyWord::Eventually)) judge_obligations(spare_bytes);
}

void Liveness::judge_cycles(std::uint64_t spare_bytes) {
  cycles_ = std::make_unique<FairCycles>(graph_, fairness_, Region{}, spare_bytes);
  if (!cycles_->was_judged()) unjudged_.add(PropertyWord::Livelock);
  for (const auto& component : cycles_->components()) {
    for (const StateNumber state : component) graph_.mark_livelock(state);
  }
}

void Liveness::judge_obligations(std::uint64_t spare_bytes) {
  for (Obligations::Number obligation = 0; obligation < graph_.obligations().count(); ++obligation) {
    auto unmet = std::make_unique<Unmet>(graph_, obligation, fairness_, spare_bytes);
    if (!unmet->was_judged()) unjudged_.add(PropertyWord::Eventually);
    if (unmet->is_violated()) violated_.push_back({obligation, std::move(unmet)});
  }
}

PropertySet Liveness::broken() const {
  PropertySet broken;
  if (cycles_ && !cycles_->components().empty()) broken.add(PropertyWord::Livelock);
  if (!violated_.empty()) broken.add(PropertyWord::Eventually);
  return broken;
}

std::vector<std::string> Liveness::notes() const {
  std::vector<std::string> notes;
  if (!unjudged_.empty()) notes.emplace_back("the memory left does not suffice to look for executions that go on for ever");
  if (cycles_ && !cycles_->components().empty()) {
    notes.push_back(fmt::format("{} set{} of states in which the program can go round for ever under {} fairness", cycles_->components().size(),
                                plural(cycles_->components().size()), fairness_ == Fairness::Strong ? "strong" : "weak"));
  }
  if (fairness_ == Fairness::Weak) notes.emplace_back("weak fairness: a thread need not get its turn if there are moments, again and again, when it cannot step");
  return notes;
}

Counterexample Liveness::unmet(std::size_t bytes, const Budget& budget, bool was_stopped) {
  std::optional<Counterexample> simplest;
  for (std::size_t i = 0; i < violated_.size(); ++i) {
    auto found = find_simplest(graph_, bytes, /*each=*/false, budget, was_stopped, violated_[i].unmet.get());
    if (found.empty()) {
      // No time was left for the simplest.
      found.push_back({.property = PropertyWord::Eventually, .choices = violated_[i].unmet->some_way(), .preemptions = 0, .minimal = false, .message = {}, .loop_begin = 0});
      found.front().preemptions = graph_.preemptions_of(found.front().choices);
    }
    if (simplest && !is_simpler(found.front(), *simplest)) continue;
    simplest = std::move(found.front());
    shown_ = i;
  }
  return *simplest;
}

void Liveness::finish(Counterexample& counterexample, System& system) const {
  const StateNumber state = graph_.state_after(counterexample.choices);
  if (counterexample.property == PropertyWord::Livelock) {
    append_loop(counterexample, cycles_->loop_from(state));
    counterexample.message = loop_words(counterexample);
    return;
  }
  const auto& [obligation, unmet] = violated_[shown_];
  const std::string function = system.name_text(graph_.obligations().name(obligation));
  if (unmet->is_end(state)) {
    counterexample.message = property::unmet_message(function);
    return;
  }
  append_loop(counterexample, unmet->loop_from(state));
  counterexample.message = fmt::format("this never comes to hold: {}; {}", function, loop_words(counterexample));
}

// A loop that begins at the beginning is shown twice: "from step 0" would say that there is none.
void Liveness::append_loop(Counterexample& counterexample, const std::vector<Choice>& loop) const {
  std::vector<Choice>& choices = counterexample.choices;
  if (choices.empty()) choices = loop;
  counterexample.loop_begin = choices.size();
  choices.insert(choices.end(), loop.begin(), loop.end());
}

std::string Liveness::loop_words(const Counterexample& counterexample) const {
  const std::size_t length = counterexample.choices.size() - counterexample.loop_begin;
  return fmt::format("from step {} on the last {} step{} can repeat for ever, and every thread that can go on {}takes part", counterexample.loop_begin + 1,
                     length, plural(length), fairness_ == Fairness::Strong ? "" : "all the time ");
}

}  // namespace lockweave::explore
