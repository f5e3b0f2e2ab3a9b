#include "checker/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "checker/explore/auto.h"
#include "checker/explore/replay.h"
#include "checker/explore/without_movers.h"
#include "model/base/check.h"

namespace lockweave {

namespace {

using explore::Counterexample;
using explore::Exploration;

class Teller {
 public:
  Teller(System& system, const CheckOptions& options) : system_(system), options_(options) {}

  CheckedViolation tell(Counterexample found) {
    // With one preemption nothing can be said to need fewer: what needs none needs none with movers either.
    if (system_.has_movers() && found.preemptions > 1) found.minimal = false;
    measure(found.choices);
    return tell_measured(found);
  }

  // Does the execution go where the search says? Where like threads are taken for one and the search was cut short, it may have learnt on the way back what
  // would have ended its steps elsewhere.
  bool is_followed(const Counterexample& found) {
    if (found.property == PropertyWord::Sometimes || found.loop_begin > 0) return true;
    Counterexample copy = found;
    measure(copy.choices);
    const explore::Replay replay = explore::replay(system_, copy.choices, {options_.explore.properties, options_.explore.timeouts_last, /*with_words=*/false, 0});
    return replay.end == trace::WalkEnd::Followed && (!found.message.empty() || replay.violation_of(found.property) != nullptr);
  }

  // Requires: the system has the movers that it had when it was made. What a trace says depends on them.
  CheckedViolation tell_measured(const Counterexample& found) {
    CheckedViolation violation{.property = found.property, .message = found.message, .preemptions = found.preemptions,
                               .minimal = found.minimal, .choices = found.choices, .schedule = {},
                               .loop_begin = found.loop_begin, .trace = {}};
    if (found.property == PropertyWord::Sometimes) return violation;
    violation.schedule = schedule(violation.choices);
    const explore::Replay replay = explore::replay(
        system_, violation.choices, {options_.explore.properties, options_.explore.timeouts_last, /*with_words=*/true, found.loop_begin});
    LOCKWEAVE_CHECK(replay.end == trace::WalkEnd::Followed, "a counterexample cannot be replayed: " + replay.difference);
    LOCKWEAVE_CHECK(replay.trace.preemptions == found.preemptions || found.loop_begin > 0, "a replay has other preemptions than the search counted");
    LOCKWEAVE_CHECK(replay.loop_closes || found.loop_begin == 0, "a loop does not come back to where it began");
    violation.trace = replay.trace;
    if (!violation.message.empty()) return violation;
    const auto* told = replay.violation_of(found.property);
    LOCKWEAVE_CHECK(told != nullptr, fmt::format("a replay does not show the {} that the search found", to_word(found.property)));
    violation.message = told->message;
    return violation;
  }

  std::string schedule(const std::vector<Choice>& choices) const { return trace::to_string({options_.origin, choices}); }

  // Notes how far each step goes, so that the schedule does not depend on what this system has learnt.
  void measure(std::vector<Choice>& choices) {
    system_.set_recording(false);
    system_.reset();
    for (Choice& choice : choices) {
      choice.instructions = 0;
      const StepReport& report = system_.step(choice);
      choice.instructions = report.instructions;
      choice.released = report.released;
      choice.holds_gil = report.holds_gil;
    }
  }

 private:
  System& system_;
  const CheckOptions& options_;
};

// What was found with movers means nothing without them, and has been told before.
void look_for_simpler(System& system, const std::vector<Counterexample>& found, const explore::Stats& stats, const CheckOptions& options, Teller& teller, CheckResult& result) {
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!explore::may_be_simpler(found[i])) continue;
    system.leave_movers_out(true);
    auto simplest = explore::simplest_without_movers(system, found[i], stats, options.explore);
    if (simplest) teller.measure(simplest->choices);
    system.leave_movers_out(false);
    if (simplest) result.violations[i] = teller.tell_measured(*simplest);
  }
  std::ranges::stable_sort(result.violations, {}, [](const CheckedViolation& shown) { return std::tuple(shown.preemptions, shown.choices.size(), shown.property); });
}

Verdict verdict_of(const CheckResult& result) {
  if (!result.violations.empty()) return Verdict::Fail;
  if (!result.error.empty()) return Verdict::Error;
  return result.complete && result.unchecked.empty() ? Verdict::Pass : Verdict::Incomplete;
}

}  // namespace

CheckResult check(System& system, const CheckOptions& options) {
  explore::AutoExploration chosen{.strategy = options.strategy, .reason = {}, .exploration = {}};
  if (options.strategy == explore::Strategy::Auto) chosen = explore::explore_as_fits(system, options.explore);
  else chosen.exploration = explore::make_explorer(options.strategy, options.explore)->explore(system);
  const Exploration& exploration = chosen.exploration;

  Teller teller(system, options);
  CheckResult result;
  result.strategy = to_word(chosen.strategy);
  result.complete = exploration.complete;
  result.unchecked = exploration.unchecked.words();
  result.stats = exploration.stats;
  result.error = exploration.error;
  if (!result.error.empty()) result.error_schedule = teller.schedule(exploration.error_choices);
  if (!chosen.reason.empty()) result.notes.push_back(chosen.reason);
  if (!exploration.complete) result.notes.push_back("not complete: " + exploration.why_incomplete);
  if (options.explore.timeouts_last) result.notes.push_back("timeouts fire only where nothing else can happen (the scenario's bounds say so)");
  result.notes.insert(result.notes.end(), exploration.notes.begin(), exploration.notes.end());
  std::vector<Counterexample> shown;
  for (const Counterexample& found : exploration.found) {
    if (exploration.complete || found.minimal || teller.is_followed(found)) {
      result.violations.push_back(teller.tell(found));
      shown.push_back(found);
    } else if (std::ranges::find(result.unchecked, found.property) == result.unchecked.end()) {
      result.unchecked.push_back(found.property);
      result.notes.push_back(fmt::format("`{}` was met, but the search ended before the way there was known step by step: a higher limit shows it", to_word(found.property)));
    }
  }
  for (explore::ReachedOutcome& reached : chosen.exploration.outcomes) {
    teller.measure(reached.choices);
    std::string schedule = teller.schedule(reached.choices);
    result.outcomes.push_back({std::move(reached.outcome), std::move(reached.choices), std::move(schedule)});
  }
  const bool is_systematic = chosen.strategy == explore::Strategy::Exhaustive || chosen.strategy == explore::Strategy::Dpor;
  if (is_systematic && system.has_movers()) look_for_simpler(system, shown, exploration.stats, options, teller, result);
  result.verdict = verdict_of(result);
  return result;
}

}  // namespace lockweave
