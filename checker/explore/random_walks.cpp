#include "checker/explore/random_walks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "checker/property/deadlock.h"
#include "checker/property/property.h"
#include "checker/trace/available.h"
#include "checker/trace/preemption.h"
#include "checker/trace/simplest.h"
#include "model/base/fingerprint.h"

namespace lockweave::explore {

namespace {

enum class WalkEnd : std::uint8_t { Ended, Cut, Spent, Refined };

std::uint64_t seed_of_walk(std::uint64_t seed, std::uint64_t walk) {
  Hasher hasher;
  hasher.add(seed);
  hasher.add(walk);
  return hasher.finish().low;
}

class Walks {
 public:
  Walks(System& system, const ExploreOptions& options, Picker& picker)
      : system_(system), options_(options), picker_(picker), judge_(options.properties), watch_(options.budget) {}

  const std::vector<Choice>& choices() const { return choices_; }

  Exploration explore() {
    while (run_all() == WalkEnd::Refined) {
      const std::uint64_t restarts = stats_.restarts + 1;
      stats_ = {};
      stats_.restarts = restarts;
      found_.clear();
      outcomes_.clear();
      estimate_ = 0;
      facts_ = {};
      states_eventually_ = false;
    }
    return conclude();
  }

 private:
  WalkEnd run_all() {
    for (std::uint64_t walk = 0; walk < options_.walks; ++walk) {
      Random random(seed_of_walk(options_.seed, walk));
      picker_.begin(random, estimate_);
      const WalkEnd end = run_one(random);
      if (end == WalkEnd::Refined || end == WalkEnd::Spent) return end;
      if (estimate_ == 0) estimate_ = choices_.size() + choices_.size() / 2;
      if (end == WalkEnd::Cut || choices_.size() > estimate_) ++facts_.longer;
      ++stats_.executions;
      stats_.max_depth = std::max<std::uint64_t>(stats_.max_depth, choices_.size());
      if (end == WalkEnd::Cut) ++cut_;
      if (!error_.empty() || (!options_.keep_going && !found_.empty())) break;
    }
    return WalkEnd::Ended;
  }

  WalkEnd run_one(Random& random) {
    system_.reset();
    choices_.clear();
    past_ = {};
    preemptions_ = 0;
    unmet_.clear();
    for (;;) {
      if (watch_.is_spent(0, [&] { return system_.table_bytes(); })) return WalkEnd::Spent;
      trace::find_available(system_, options_.timeouts_last, available_);
      judge_state();
      if (available_.choices.empty()) {
        judge_end();
        return WalkEnd::Ended;
      }
      if (choices_.size() >= options_.walk_steps) return WalkEnd::Cut;
      const Choice choice = available_.choices[picker_.pick(available_.choices, random)];
      const auto itself = [](const Choice& c) -> const Choice& { return c; };
      if (trace::is_preemption(past_, trace::last_can_go_on(past_, available_.choices, itself), choice)) ++preemptions_;
      choices_.push_back(choice);
      const StepReport& report = system_.step(choice);
      if (report.status == StepStatus::Refined) return WalkEnd::Refined;
      if (report.status == StepStatus::Unsupported) {
        error_ = report.error;
        error_choices_ = choices_;
        return WalkEnd::Ended;
      }
      ++stats_.transitions;
      past_ = trace::past_after(past_, choice, report.released);
      picker_.ran(choice, report.visible);
      facts_.threads = std::max<std::uint64_t>(facts_.threads, choice.thread + 1);
      note(judge_.broken_by(report.events));
      note_obligations(report.events);
      if (options_.progress && stats_.transitions % kStepsBetweenReports == 0) tell();
    }
  }

  void judge_state() {
    if (!options_.properties.has(PropertyWord::Deadlock)) return;
    system_.waits(waiting_);
    if (available_.can_step && waiting_.empty()) return;
    system_.unfinished(unfinished_);
    if (property::is_deadlock({available_.can_step, !unfinished_.empty(), waiting_})) note({PropertyWord::Deadlock});
  }

  void judge_end() {
    std::vector<Event> events;
    Outcome outcome = system_.outcome(events);
    system_.unfinished(unfinished_);
    if (!unfinished_.empty()) ++stats_.deadlocked;
    const bool all_ended = std::ranges::none_of(
        outcome.threads, [](const ThreadEnd& thread) { return thread.end == "blocked" || thread.end == "daemon"; });
    if (all_ended) note(judge_.broken_by(events));
    if (!unmet_.empty() && options_.properties.has(PropertyWord::Eventually)) note({PropertyWord::Eventually});
    if (options_.want_outcomes) outcomes_.try_emplace(std::move(outcome), choices_);
  }

  void note_obligations(const std::vector<Event>& events) {
    for (const Event& event : events) {
      if (event.kind == EventKind::EventuallyReached) unmet_.erase(event.subject);
      if (event.kind != EventKind::EventuallyStated) continue;
      states_eventually_ = true;
      unmet_.insert(event.subject);
    }
  }

  // The walk so far breaks these. Kept if it is simpler than what is known.
  void note(PropertySet broken) {
    if (broken.empty()) return;
    for (const PropertyWord word : broken.words()) {
      const Counterexample candidate{.property = word, .choices = choices_, .preemptions = preemptions_, .minimal = false, .message = {}, .loop_begin = 0};
      const auto [known, is_new] = found_.try_emplace(word, candidate);
      if (!is_new && is_simpler(candidate, known->second)) known->second = candidate;
    }
  }

  static bool is_simpler(const Counterexample& left, const Counterexample& right) {
    return trace::simpler({left.preemptions, left.property, &left.choices}, {right.preemptions, right.property, &right.choices});
  }

  Exploration conclude() {
    watch_.look(system_.table_bytes());
    Exploration result;
    result.why_incomplete = fmt::format("{} random execution{} {} run ({}, seed {}){}: that is not every execution", stats_.executions,
                                        stats_.executions == 1 ? "" : "s", stats_.executions == 1 ? "was" : "were", picker_.name(), options_.seed,
                                        watch_.reason().empty() ? "" : ", then " + watch_.reason());
    facts_.walks = stats_.executions;
    facts_.steps = estimate_;
    if (stats_.executions > 0) result.notes.push_back(picker_.coverage(facts_));
    if (cut_ > 0) result.notes.push_back(fmt::format("{} of them were cut after {} steps", cut_, options_.walk_steps));
    if (options_.properties.has(PropertyWord::Unserializable)) result.unchecked.add(PropertyWord::Unserializable);
    if (options_.properties.has(PropertyWord::Eventually) && states_eventually_) result.unchecked.add(PropertyWord::Eventually);
    for (auto& [word, counterexample] : found_) result.found.push_back(std::move(counterexample));
    std::ranges::sort(result.found, is_simpler);
    if (!options_.keep_going && result.found.size() > 1) result.found.resize(1);
    for (auto& [outcome, choices] : outcomes_) result.outcomes.push_back({outcome, std::move(choices)});
    result.error = error_;
    result.error_choices = error_choices_;
    stats_.seconds = watch_.seconds();
    stats_.peak_bytes = watch_.peak_bytes();
    result.stats = stats_;
    return result;
  }

  void tell() const {
    options_.progress({.states = 0, .transitions = stats_.transitions, .depth = choices_.size(), .frontier = 0,
                       .bytes = system_.table_bytes(), .seconds = watch_.seconds()});
  }

  static constexpr std::uint64_t kStepsBetweenReports = 16384;

  System& system_;
  const ExploreOptions& options_;
  Picker& picker_;
  property::Judge judge_;
  BudgetWatch watch_;
  Stats stats_;
  std::map<PropertyWord, Counterexample> found_;
  std::map<Outcome, std::vector<Choice>> outcomes_;
  std::string error_;
  std::vector<Choice> error_choices_;
  std::uint64_t estimate_ = 0;
  WalkFacts facts_;
  std::uint64_t cut_ = 0;
  bool states_eventually_ = false;

  // The walk at hand.
  std::vector<Choice> choices_;
  trace::Past past_;
  std::uint32_t preemptions_ = 0;
  std::set<std::uint32_t> unmet_;  // what was stated by `eventually` and has not held since
  trace::Available available_;
  std::vector<Waiting> waiting_;
  std::vector<ThreadNumber> unfinished_;
};

}  // namespace

Exploration explore_by_walks(System& system, const ExploreOptions& options, Picker& picker) {
  Walks walks(system, options, picker);
  const ScheduleSource source([&] { return walks.choices(); });
  return walks.explore();
}

}  // namespace lockweave::explore
