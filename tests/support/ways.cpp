#include "tests/support/ways.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "model/base/check.h"
#include "tests/support/temporary_folder.h"

namespace lockweave::testing {
namespace {

using explore::Strategy;

std::function<void(CheckOptions&)> strategy(Strategy strategy) {
  return [strategy](CheckOptions& options) { options.strategy = strategy; };
}

void bounded_without_limit(CheckOptions& options) {
  options.strategy = Strategy::Bounded;
  options.explore.preemptions = 1'000'000;
}

void one_preemption(CheckOptions& options) {
  options.strategy = Strategy::Bounded;
  options.explore.preemptions = 1;
}

std::function<void(CheckOptions&)> random_walks(Strategy strategy) {
  return [strategy](CheckOptions& options) {
    options.strategy = strategy;
    options.explore.walks = 30;
    options.explore.walk_steps = 500;
    options.explore.seed = 7;
  };
}

const std::vector<Way>& table() {
  static const std::vector<Way> all{
      {.name = "exhaustive", .machine = {}, .set = strategy(Strategy::Exhaustive)},
      {.name = "dpor", .claim = Claim::IfComplete, .machine = {}, .set = strategy(Strategy::Dpor), .more_states = 20},
      {.name = "bounded without limit", .machine = {}, .set = bounded_without_limit},
      {.name = "bounded by one preemption", .claim = Claim::IfComplete, .share = 3, .machine = {}, .set = one_preemption},
      {.name = "auto", .claim = Claim::IfComplete, .share = 5, .machine = {}, .set = strategy(Strategy::Auto), .more_states = 4},
      {.name = "random", .claim = Claim::Something, .share = 4, .machine = {}, .set = random_walks(Strategy::RandomUniform)},
      {.name = "random by priorities", .claim = Claim::Something, .share = 4, .machine = {}, .set = random_walks(Strategy::RandomPct)},
      {.name = "without movers", .share = 2, .machine = {.movers = false}, .set = strategy(Strategy::Exhaustive), .more_states = 10},
      {.name = "dpor without movers", .claim = Claim::IfComplete, .share = 6, .machine = {.movers = false}, .set = strategy(Strategy::Dpor), .more_states = 40},
      {.name = "without remembered steps", .share = 6, .machine = {.remember_steps = false}, .set = strategy(Strategy::Exhaustive)},
      {.name = "without movers, a step from each switch point to the next", .share = 3, .machine = {.stop_everywhere = true, .movers = false, .remember_steps = false}, .set = strategy(Strategy::Exhaustive), .more_states = 30},
      {.name = "each state and remembered step looked at twice", .share = 6, .machine = {.verify_states = true}, .set = strategy(Strategy::Exhaustive)},
  };
  return all;
}

bool is_same(const MachineOptions& left, const MachineOptions& right) {
  return left.timeouts_last == right.timeouts_last && left.ordered_output == right.ordered_output && left.serial_records == right.serial_records &&
         left.stop_everywhere == right.stop_everywhere && left.verify_states == right.verify_states &&
         left.movers == right.movers && left.remember_steps == right.remember_steps;
}

// A broken invariant is a finding like others.
std::optional<CheckResult> check_or_mistake(System& system, const CheckOptions& options, std::string& mistake) {
  struct Mistake : std::runtime_error {
    using std::runtime_error::runtime_error;
  };
  const FailureHook before = set_failure_hook([](const BrokenInvariant& broken) { throw Mistake(render(broken)); });
  std::optional<CheckResult> result;
  try {
    result = check(system, options);
  } catch (const Mistake& met) {
    mistake = met.what();
  }
  set_failure_hook(before);
  return result;
}

std::string text_of(const Outcome& outcome) {
  std::string text;
  for (const ThreadEnd& thread : outcome.threads) text += fmt::format("{}: {}\n{}", thread.name, thread.end, thread.output);
  for (const auto& [name, how] : outcome.modules) text += fmt::format("{} {}\n", name, how);
  return text;
}

template <typename T>
std::set<T> without(const std::set<T>& all, const std::set<T>& left_out) {
  std::set<T> rest;
  std::ranges::set_difference(all, left_out, std::inserter(rest, rest.end()));
  return rest;
}

std::string words_of(const std::set<PropertyWord>& words) {
  std::vector<std::string_view> texts;
  for (const PropertyWord word : words) texts.push_back(to_word(word));
  return fmt::format("{}", fmt::join(texts, ", "));
}

template <typename T, typename Tell>
void tell_missing(std::string& out, std::string_view name, const std::set<T>& expected, const std::set<T>& found, Tell&& tell) {
  const std::set<T> missing = without(expected, found);
  if (!missing.empty()) out += fmt::format("'{}' does not find {}\n", name, tell(missing));
}

std::string one_of_them(const std::set<std::string>& outcomes) { return fmt::format("{} outcomes, among them\n{}", outcomes.size(), *outcomes.begin()); }

}  // namespace

std::span<const Way> ways() { return table(); }

Machines::Machines(std::string_view text, const design::Design& design) : design_(design) {
  const TemporaryFolder folder;
  auto scenario = scenario::load_scenario(folder.write("random.txtar", text));
  if (scenario) scenario_ = std::make_unique<scenario::Scenario>(std::move(*scenario));
  else why_not_ = scenario.error().message;
}

bool Machines::timeouts_last() const { return scenario_ != nullptr && scenario_->bounds.timeouts == scenario::TimeoutRule::Last; }

Machine* Machines::get(const MachineOptions& options) {
  if (scenario_ == nullptr) return nullptr;
  for (const auto& [known, machine] : machines_) {
    if (is_same(known, options)) return machine.get();
  }
  auto machine = Machine::load(*scenario_, design_, options);
  if (!machine) {
    why_not_ = machine.error().message;
    return nullptr;
  }
  machines_.emplace_back(options, std::move(*machine));
  return machines_.back().second.get();
}

namespace {

Findings failed(const std::string& why) {
  Findings found;
  found.error = why;
  return found;
}

}  // namespace

Findings explore(Machines& machines, const Way& way, std::uint64_t max_states) {
  MachineOptions machine_options = way.machine;
  machine_options.timeouts_last = machines.timeouts_last();
  machine_options.serial_records = true;
  Machine* machine = machines.get(machine_options);
  if (machine == nullptr) return failed(machines.why_not());
  CheckOptions options;
  for (const PropertyWord word : all_properties) options.explore.properties.add(word);
  options.explore.keep_going = true;
  options.explore.want_outcomes = true;
  options.explore.timeouts_last = machines.timeouts_last();
  options.explore.budget.max_states = max_states * way.more_states;
  options.explore.budget.max_seconds = 60;
  way.set(options);
  Findings found;
  const std::unique_ptr<System> wrapped = way.wrap ? way.wrap(*machine) : nullptr;
  const auto checked = check_or_mistake(wrapped ? *wrapped : *machine, options, found.mistake);
  if (!checked) return found;
  const CheckResult& result = *checked;
  found.complete = result.complete;
  found.error = result.error;
  for (const std::string& note : result.notes) {
    if (note.starts_with("not complete")) found.why_incomplete = note;
  }
  for (const CheckedOutcome& reached : result.outcomes) found.outcomes.insert(text_of(reached.outcome));
  for (const CheckedViolation& violation : result.violations) {
    found.broken.insert(violation.property);
    if (violation.minimal) found.fewest_preemptions[violation.property] = violation.preemptions;
  }
  found.unchecked.insert(result.unchecked.begin(), result.unchecked.end());
  found.stats = result.stats;
  return found;
}

std::string difference(const Findings& reference, const Way& way, const Findings& found) {
  for (const Findings* one : {&reference, &found}) {
    if (!one->mistake.empty()) return fmt::format("'{}': {}\n", one == &reference ? ways().front().name : way.name, one->mistake);
  }
  std::string out;
  tell_missing(out, ways().front().name, found.outcomes, reference.outcomes, one_of_them);
  // What only a complete exploration can say is nothing that a part of it could have found.
  std::set<PropertyWord> judged_here = without(found.broken, reference.unchecked);
  tell_missing(out, ways().front().name, judged_here, reference.broken, words_of);
  const bool is_too_large = found.why_incomplete.find("limit of states") != std::string::npos;
  if (way.claim == Claim::Everything && !found.complete && found.error.empty() && !is_too_large) out += fmt::format("'{}' is {}\n", way.name, found.why_incomplete);
  // Where states come back, or the program's end cuts off a daemon, an execution may end where another was to go on.
  const bool is_cut = found.why_incomplete.find("daemon") != std::string::npos || found.why_incomplete.find("came back") != std::string::npos;
  if (found.stats.sleep_blocked > 0 && !is_cut) out += fmt::format("'{}' gives up {} executions half-way\n", way.name, found.stats.sleep_blocked);
  if (!found.complete) return out;
  tell_missing(out, way.name, reference.outcomes, found.outcomes, one_of_them);
  tell_missing(out, way.name, without(reference.broken, found.unchecked), found.broken, words_of);
  for (const auto& [word, preemptions] : found.fewest_preemptions) {
    const auto other = reference.fewest_preemptions.find(word);
    if (other == reference.fewest_preemptions.end() || other->second == preemptions) continue;
    out += fmt::format("'{}' needs {} preemptions for {}, '{}' {}\n", way.name, preemptions, to_word(word), ways().front().name, other->second);
  }
  return out;
}

}  // namespace lockweave::testing
