#include "tests/support/ways.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "model/base/check.h"
#include "tests/support/sanitized.h"
#include "tests/support/temporary_folder.h"

namespace lockweave::testing {
namespace {

using explore::Strategy;

std::function<void(CheckOptions&)> strategy(Strategy strategy) {
  return [strategy](CheckOptions& options) { options.strategy = strategy; };
}

void on_two_cores(CheckOptions& options) {
  options.strategy = Strategy::Exhaustive;
  options.explore.jobs = 2;
}

void dpor_on_two_cores(CheckOptions& options) {
  options.strategy = Strategy::Dpor;
  options.explore.jobs = 2;
  options.explore.dpor_help = {.steps_alone = 20, .steps_between = 2, .steps_of_task = 100, .waits = true};
}

// What sleep sets are left out for is not asked.
void with_sleep_sets(CheckOptions& options) {
  options.strategy = Strategy::Exhaustive;
  options.explore.properties.remove(PropertyWord::Unserializable);
}

void ends_with_sleep_sets(CheckOptions& options) {
  options.strategy = Strategy::Exhaustive;
  options.explore.properties = {};
}

void ends_with_sleep_sets_on_two_cores(CheckOptions& options) {
  ends_with_sleep_sets(options);
  options.explore.jobs = 2;
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
    options.explore.budget.max_seconds = 1;  // a thread may go round alone for ever
    options.explore.walk_steps = 500;
    options.explore.seed = 7;
  };
}

// Without sleep sets. `unserializable` keeps threads apart, and the first way is asked for it.
void like_threads_as_one(CheckOptions& options) {
  options.strategy = Strategy::Exhaustive;
  options.explore.properties.remove(PropertyWord::Unserializable);
  options.explore.reductions.remove(explore::Reduction::SleepSets);
}

void like_threads_as_one_on_two_cores(CheckOptions& options) {
  like_threads_as_one(options);
  options.explore.jobs = 2;
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
      {.name = "with sleep sets", .share = 2, .machine = {}, .set = with_sleep_sets},
      {.name = "ends with sleep sets", .share = 1, .machine = {}, .set = ends_with_sleep_sets},
      {.name = "ends with sleep sets and without movers", .share = 3, .machine = {.movers = false}, .set = ends_with_sleep_sets, .more_states = 10},
      {.name = "ends with sleep sets, on two cores", .share = 4, .machine = {}, .set = ends_with_sleep_sets_on_two_cores},
      {.name = "ends with sleep sets, stopped and resumed", .share = 4, .machine = {}, .set = ends_with_sleep_sets, .stops = {15, 200}},
      {.name = "on two cores", .share = 4, .machine = {}, .set = on_two_cores},
      {.name = "stopped and resumed", .share = 4, .machine = {}, .set = strategy(Strategy::Exhaustive), .stops = {15, 200}},
      {.name = "dpor on two cores", .claim = Claim::IfComplete, .share = 6, .machine = {}, .set = dpor_on_two_cores, .more_states = 20},
      {.name = "dpor, stopped and resumed", .claim = Claim::IfComplete, .share = 4, .machine = {}, .set = dpor_on_two_cores, .more_states = 20, .stops = {15, 200, 2000}},
      {.name = "each state and remembered step looked at twice", .share = 6, .machine = {.verify_states = true}, .set = strategy(Strategy::Exhaustive)},
      {.name = "each state and remembered step looked at twice, on two cores", .share = 12, .machine = {.verify_states = true}, .set = on_two_cores},
      {.name = "like threads as one", .share = 2, .machine = {}, .set = like_threads_as_one, .more_states = 2},
      {.name = "like threads as one, on two cores", .share = 6, .machine = {}, .set = like_threads_as_one_on_two_cores, .more_states = 2},
      {.name = "like threads as one, each exchange looked at twice", .share = 6, .machine = {.verify_states = true}, .set = like_threads_as_one, .more_states = 2},
  };
  return all;
}

bool is_same(const MachineOptions& left, const MachineOptions& right) {
  return left.timeouts_last == right.timeouts_last && left.ordered_output == right.ordered_output && left.serial_records == right.serial_records &&
         left.stop_everywhere == right.stop_everywhere && left.verify_states == right.verify_states &&
         left.longest_step == right.longest_step && left.movers == right.movers && left.remember_steps == right.remember_steps;
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
  auto machine = fresh(options);
  if (machine == nullptr) return nullptr;
  machines_.emplace_back(options, std::move(machine));
  return machines_.back().second.get();
}

std::unique_ptr<Machine> Machines::fresh(const MachineOptions& options) {
  if (scenario_ == nullptr) return nullptr;
  auto machine = Machine::load(*scenario_, design_, options);
  if (machine) return std::move(*machine);
  why_not_ = machine.error().message;
  return nullptr;
}

namespace {

Findings failed(const std::string& why) {
  Findings found;
  found.error = why;
  return found;
}

MachineOptions machine_options(const Machines& machines, const Way& way) {
  MachineOptions options = way.machine;
  options.timeouts_last = machines.timeouts_last();
  options.serial_records = true;
  options.longest_step = 20'000;  // what random programs do is less, or endless
  return options;
}

CheckOptions check_options(const Machines& machines, const Way& way, std::uint64_t max_states) {
  CheckOptions options;
  for (const PropertyWord word : all_properties) options.explore.properties.add(word);
  options.explore.keep_going = true;
  options.explore.want_outcomes = true;
  options.explore.timeouts_last = machines.timeouts_last();
  options.explore.budget.max_states = max_states * way.more_states;
  options.explore.budget.max_seconds = is_sanitized ? 600 : 60;
  way.set(options);
  return options;
}

Findings explore_on(System& system, const CheckOptions& options) {
  Findings found;
  const auto checked = check_or_mistake(system, options, found.mistake);
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
  for (const PropertyWord word : all_properties) {
    if (!options.explore.properties.has(word)) found.unchecked.insert(word);
  }
  found.stats = result.stats;
  return found;
}

std::string counts_of(const explore::Stats& stats) {
  return fmt::format("{} states, {} transitions, {} ends, {} deadlocked, depth {}, {} restarts", stats.states, stats.transitions, stats.executions, stats.deadlocked,
                     stats.max_depth, stats.restarts);
}

Findings explore_with_stops(Machines& machines, const Way& way, std::uint64_t max_states) {
  const TemporaryFolder folder;
  const CheckOptions whole_options = check_options(machines, way, max_states);
  CheckOptions options = whole_options;
  options.explore.checkpoint.path = folder.path("checkpoint");
  Findings found;
  for (std::size_t run = 0; run <= way.stops.size(); ++run) {
    const auto machine = machines.fresh(machine_options(machines, way));
    if (machine == nullptr) return failed(machines.why_not());
    options.explore.jobs = 2 - run % 2;
    options.explore.budget.max_states = run < way.stops.size() ? way.stops[run] : whole_options.explore.budget.max_states;
    found = explore_on(*machine, options);
    const bool was_stopped = found.why_incomplete.find("limit of states") != std::string::npos;
    if (!found.mistake.empty() || run == way.stops.size() || (run > 0 && !was_stopped)) break;
    auto checkpoint = explore::Checkpoint::read(options.explore.checkpoint.path);
    if (!checkpoint) return failed(checkpoint.error().message);
    options.explore.checkpoint.resume = std::move(*checkpoint);
  }
  const auto machine = machines.fresh(machine_options(machines, way));
  const Findings whole = explore_on(*machine, whole_options);
  if (found.mistake.empty() && counts_of(found.stats) != counts_of(whole.stats))
    found.mistake = fmt::format("stopped and resumed: {}; at one go: {}", counts_of(found.stats), counts_of(whole.stats));
  return found;
}

}  // namespace

Findings explore(Machines& machines, const Way& way, std::uint64_t max_states) {
  if (!way.stops.empty()) return explore_with_stops(machines, way, max_states);
  Machine* machine = machines.get(machine_options(machines, way));
  if (machine == nullptr) return failed(machines.why_not());
  const std::unique_ptr<System> wrapped = way.wrap ? way.wrap(*machine) : nullptr;
  return explore_on(wrapped ? *wrapped : *machine, check_options(machines, way, max_states));
}

std::string difference(const Findings& reference, const Way& way, const Findings& found) {
  for (const Findings* one : {&reference, &found}) {
    if (!one->mistake.empty()) return fmt::format("'{}': {}\n", one == &reference ? ways().front().name : way.name, one->mistake);
  }
  std::string out;
  tell_missing(out, ways().front().name, found.outcomes, reference.outcomes, one_of_them);
  // What only a complete exploration can say is nothing that a part of it could have found.
  std::set<PropertyWord> judged_here = without(found.broken, reference.unchecked);
  // With every step from a switch point to the next nothing tells that an import has nothing more to touch: it has fewer serial executions, never others.
  if (way.machine.stop_everywhere) judged_here.erase(PropertyWord::Unserializable);
  tell_missing(out, ways().front().name, judged_here, reference.broken, words_of);
  const bool is_too_large = found.why_incomplete.find("limit of states") != std::string::npos;
  if (way.claim == Claim::Everything && !found.complete && found.error.empty() && !is_too_large) out += fmt::format("'{}' is {}\n", way.name, found.why_incomplete);
  // Where states come back, or the program's end cuts off a daemon, or C code keeps the GIL at a step's end, an execution may end where another was to go on.
  const auto says = [&](std::string_view words) { return found.why_incomplete.find(words) != std::string::npos; };
  const bool is_cut = says("daemon") || says("came back") || says("where the GIL does not order it");
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
