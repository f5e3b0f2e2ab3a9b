#include "checker/explore/replay.h"

#include <algorithm>
#include <set>

#include "checker/explore/explorer.h"
#include "checker/explore/system_names.h"
#include "checker/property/deadlock.h"
#include "checker/property/property.h"
#include "checker/property/stated.h"
#include "checker/trace/available.h"

namespace lockweave::explore {

namespace {

class Listener {
 public:
  Listener(System& system, const ReplayOptions& options, Replay& result)
      : system_(system), options_(options), judge_(options.properties), names_(system), result_(result) {}

  void start() {
    result_.violations.clear();
    unmet_.clear();
    judge_state(0);
  }

  void after_step(std::size_t step, const StepReport& report) {
    // The report is the system's own and changes when it is asked for more.
    const std::vector<Event> events = report.events;
    tell(judge_.explain(events, names_), step);
    note_obligations(events);
    judge_state(step);
    if (options_.loop_begin > 0 && step == options_.loop_begin) system_.encode(loop_begins_at_);
  }

  // At the end of the walk: what only an end state can break.
  void finish(std::size_t steps) {
    if (options_.loop_begin > 0 && steps > options_.loop_begin) {
      StateWords words;
      system_.encode(words);
      result_.loop_closes = words == loop_begins_at_;
    }
    trace::find_available(system_, options_.timeouts_last, available_);
    if (!available_.choices.empty()) return;
    if (!unmet_.empty() && options_.properties.has(PropertyWord::Eventually)) {
      tell({{PropertyWord::Eventually, property::unmet_message(names_.name(*unmet_.begin()))}}, steps);
    }
    std::vector<Event> events;
    result_.outcome = system_.outcome(events);
    const bool all_ended = std::ranges::none_of(result_.outcome->threads, [](const ThreadEnd& thread) {
      return thread.end == "blocked" || thread.end == "daemon";
    });
    if (all_ended) tell(judge_.explain(events, names_), steps);
  }

 private:
  void tell(const std::vector<property::Violation>& violations, std::size_t step) {
    for (const auto& [property, message] : violations) {
      if (result_.violation_of(property) == nullptr) result_.violations.push_back({property, message, step});
    }
  }

  void note_obligations(const std::vector<Event>& events) {
    for (const Event& event : events) {
      if (event.kind == EventKind::EventuallyStated) unmet_.insert(event.subject);
      if (event.kind == EventKind::EventuallyReached) unmet_.erase(event.subject);
    }
  }

  void judge_state(std::size_t step) {
    if (!options_.properties.has(PropertyWord::Deadlock) || result_.violation_of(PropertyWord::Deadlock) != nullptr) return;
    trace::find_available(system_, options_.timeouts_last, available_);
    property::StuckFacts facts{available_.can_step, false, {}};
    std::vector<ThreadNumber> unfinished;
    system_.unfinished(unfinished);
    facts.unfinished = !unfinished.empty();
    system_.waits(facts.waiting);
    if (!property::is_deadlock(facts)) return;
    const auto describe = [&](ThreadNumber thread) { return system_.describe_thread(thread); };
    result_.violations.push_back({PropertyWord::Deadlock, property::deadlock_message(facts, unfinished, describe), step});
  }

  System& system_;
  const ReplayOptions& options_;
  property::Judge judge_;
  SystemNames names_;
  Replay& result_;
  trace::Available available_;
  std::set<std::uint32_t> unmet_;  // what was stated by `eventually` and has not held since
  StateWords loop_begins_at_;
};

}  // namespace

const Replay::Told* Replay::violation_of(PropertyWord property) const {
  const auto told = std::ranges::find(violations, property, &Told::property);
  return told == violations.end() ? nullptr : &*told;
}

Replay replay(System& system, std::span<const Choice> choices, const ReplayOptions& options) {
  Replay result;
  Listener listener(system, options, result);
  std::size_t position = 0;
  const ScheduleSource source([&] { return std::vector<Choice>(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(position)); });
  const trace::WalkObserver observer{.on_start = [&] { listener.start(); },
                                     .on_step = [&](std::size_t i, const StepReport& report) {
                                       position = i + 1;
                                       listener.after_step(i + 1, report);
                                     }};
  trace::Walk walk = trace::build_trace(system, choices, {options.timeouts_last, options.with_words}, observer);
  result.end = walk.end;
  result.difference = std::move(walk.difference);
  result.trace = std::move(walk.trace);
  if (walk.end == trace::WalkEnd::Followed) listener.finish(walk.steps);
  return result;
}

}  // namespace lockweave::explore
