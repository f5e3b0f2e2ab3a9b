#include "checker/explore/auto.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace lockweave::explore {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

class Fitting {
 public:
  Fitting(System& system, const ExploreOptions& options) : system_(system), options_(options) {}

  AutoExploration explore() {
    ExploreOptions first = options_;
    first.budget.max_seconds *= kShareOfTime;  // infinity stays what it is
    Exploration whole = make_explorer(Strategy::Exhaustive, first)->explore(system_);
    if (whole.complete) return {Strategy::Exhaustive, "auto: exhaustive, which judges every property; the states are few enough", std::move(whole)};
    const auto* interrupt = options_.budget.interrupt;
    const bool was_interrupted = interrupt != nullptr && interrupt->load();
    if (!whole.error.empty() || !whole.found.empty() || was_interrupted) {
      return {Strategy::Exhaustive, "auto: exhaustive, which judges every property", std::move(whole)};
    }
    return after_limit(std::move(whole));
  }

 private:
  static constexpr double kShareOfTime = 0.75;
  static constexpr std::uint64_t kShareOfStates = 4;  // a quarter of what the exhaustive search has looked at, for each of the others

  // What is left of the time, in so many parts.
  ExploreOptions smaller(const Exploration& whole, double parts) const {
    ExploreOptions options = options_;
    options.budget.max_states = std::max<std::uint64_t>(whole.stats.states / kShareOfStates, 1);
    options.budget.max_seconds = std::max(0.0, options_.budget.max_seconds - seconds_since(start_)) / parts;
    options.preemptions = 0xffffffffu;
    options.checkpoint = {};  // those are the exhaustive search's
    options.fingerprints = false;
    options.spill.clear();
    return options;
  }

  AutoExploration after_limit(Exploration whole) {
    Exploration traces = make_explorer(Strategy::Dpor, smaller(whole, 2))->explore(system_);
    if (traces.complete && traces.unchecked.empty()) {
      return {Strategy::Dpor, fmt::format("auto: dpor, since the exhaustive search was ended ({})", whole.why_incomplete), std::move(traces)};
    }
    if (!traces.found.empty()) return found_by(Strategy::Dpor, std::move(traces), std::move(whole));
    Exploration bounded = make_explorer(Strategy::Bounded, smaller(whole, 1))->explore(system_);
    if (!bounded.found.empty()) return found_by(Strategy::Bounded, std::move(bounded), std::move(whole));
    whole.notes.push_back(fmt::format("looked at by preemptions as well, in {} states: {}", bounded.stats.states, bounded.why_incomplete));
    return {Strategy::Exhaustive, "auto: exhaustive, which judges every property; then for a short time dpor and bounded, which found nothing either", std::move(whole)};
  }

  // The numbers are those of the search that did most.
  static AutoExploration found_by(Strategy strategy, Exploration other, Exploration whole) {
    whole.found = std::move(other.found);
    return {Strategy::Exhaustive, fmt::format("auto: exhaustive, and when that was ended {}, which found this", to_word(strategy)), std::move(whole)};
  }

  System& system_;
  const ExploreOptions& options_;
  Clock::time_point start_ = Clock::now();
};

}  // namespace

AutoExploration explore_as_fits(System& system, const ExploreOptions& options) { return Fitting(system, options).explore(); }

}  // namespace lockweave::explore
