#include "checker/cli/explore_options.h"

#include "checker/cli/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <unistd.h>

namespace lockweave::cli {

namespace {

const std::vector<std::string> strategy_words{"auto", "exhaustive", "dpor", "bounded", "random", "random-pct"};
const std::vector<std::string> fairness_words{"strong", "weak"};
const std::vector<std::string> progress_words{"auto", "never"};

std::vector<std::string> reduction_words() {
  std::vector<std::string> words;
  for (const explore::Reduction reduction : explore::all_reductions) words.emplace_back(to_word(reduction));
  return words;
}

Failure not_yet(std::string_view what) {
  return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("{} is not available in this version", what)));
}

// Without --max-memory: most of what the machine has, so that a run too large for it ends with a report.
std::uint64_t memory_here() {
  const auto pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  auto bytes = pages > 0 && page > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page) : Budget::kUnlimited;
  // A container may have less than its host; "max" there is no number and changes nothing.
  std::uint64_t limit = 0;
  if (std::ifstream group("/sys/fs/cgroup/memory.max"); group >> limit) bytes = std::min(bytes, limit);
  return bytes == Budget::kUnlimited ? bytes : bytes / 10 * 7;
}

Result<void> apply_strategy(const StrategyOptions& options, RunSettings& settings) {
  const auto word = read_word("--strategy", options.strategy, strategy_words);
  if (!word) return fail(word);
  const auto strategy = explore::strategy_from_word(*word);
  if (!strategy) return not_yet(fmt::format("--strategy {}", *word));
  settings.strategy = *strategy;
  if (options.preemptions.empty()) return {};
  const auto bound = read_count("--preemptions", options.preemptions);
  if (!bound) return fail(bound);
  if (*bound > std::numeric_limits<std::uint32_t>::max()) {
    return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("--preemptions cannot be '{}': that number is too large", options.preemptions)));
  }
  if (settings.strategy != explore::Strategy::Auto && settings.strategy != explore::Strategy::Bounded) {
    return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("--preemptions bounds the strategy 'bounded', not '{}'", *word)));
  }
  settings.strategy = explore::Strategy::Bounded;
  settings.preemptions = static_cast<std::uint32_t>(*bound);
  return {};
}

}  // namespace

void add_budget_options(CLI::App& command, BudgetOptions& options, const std::string& each) {
  command.add_option("--max-states", options.max_states, "stop after so many states" + each)->type_name("N");
  command.add_option("--max-memory", options.max_memory, "stop at that size, such as 512M or 2GiB (default: most of this machine's)")->type_name("SIZE");
  command.add_option("--max-time", options.max_time, "stop after that time, such as 30s, 5m, 1h" + each)->type_name("DURATION");
  command.add_option("--jobs", options.jobs, "how many cores to use; results do not depend on it")->type_name("N");
  command.add_option("--progress", options.progress, "auto: a status line if stderr is a terminal; never")->type_name("auto|never");
}

void add_strategy_options(CLI::App& command, StrategyOptions& options) {
  command.add_option("--strategy", options.strategy, "auto, exhaustive, dpor, bounded, random, random-pct")->type_name("STRATEGY");
  command.add_option("--preemptions", options.preemptions, "explore only executions with at most N preemptions (strategy bounded)")->type_name("N");
  command.add_option("--seed", options.seed, "for random strategies")->type_name("N");
  command.add_option("--fairness", options.fairness, "strong: a thread that can step again and again does")->type_name("strong");
  command.add_flag("--keep-going", options.keep_going, "show one counterexample of each property, not only the simplest of all");
  command.add_flag("--strict", options.strict, "judge partial-module-cycle, partial-reload and child-before-parent too");
  command.add_flag("--serializable", options.serializable, "judge unserializable too");
}

void add_reduction_options(CLI::App& command, ReductionOptions& options) {
  command.add_flag("--no-reduction", options.none, "turn all reductions off, but for the merging of invisible operations");
  command.add_option("--without", options.without, "turn one reduction off: " + fmt::format("{}", fmt::join(reduction_words(), ", ")))->type_name("REDUCTION");
}

void add_later_options(CLI::App& command, std::vector<std::string>& values) {
  for (const std::string name : {"--spill", "--checkpoint", "--resume", "--html"}) {
    command.add_option_function<std::string>(name, [name, &values](const std::string&) { values.push_back(name); }, "")->group("");
  }
  command.add_flag_callback("--fingerprints", [&values] { values.push_back("--fingerprints"); }, "")->group("");
}

Result<void> apply(const BudgetOptions& options, RunSettings& settings) {
  if (!options.max_states.empty()) {
    const auto states = read_count("--max-states", options.max_states, 1);
    if (!states) return fail(states);
    settings.budget.max_states = *states;
  }
  settings.budget.max_bytes = memory_here();
  if (!options.max_memory.empty()) {
    const auto bytes = read_size("--max-memory", options.max_memory);
    if (!bytes) return fail(bytes);
    settings.budget.max_bytes = *bytes;
  }
  if (!options.max_time.empty()) {
    const auto seconds = read_duration("--max-time", options.max_time);
    if (!seconds) return fail(seconds);
    settings.budget.max_seconds = *seconds;
  }
  const auto jobs = read_count("--jobs", options.jobs, 1);
  if (!jobs) return fail(jobs);
  settings.jobs = *jobs;
  const auto progress = read_word("--progress", options.progress, progress_words);
  if (!progress) return fail(progress);
  settings.show_progress = *progress == "auto";
  return {};
}

Result<void> apply(const StrategyOptions& options, RunSettings& settings) {
  if (auto applied = apply_strategy(options, settings); !applied) return applied;
  if (!options.seed.empty()) {
    const auto seed = read_count("--seed", options.seed);
    if (!seed) return fail(seed);
    settings.seed = *seed;
  }
  const auto fairness = read_word("--fairness", options.fairness, fairness_words);
  if (!fairness) return fail(fairness);
  if (*fairness != "strong") return not_yet("--fairness weak");
  settings.keep_going = options.keep_going;
  settings.strict = options.strict;
  settings.serializable = options.serializable;
  return {};
}

Result<void> apply(const ReductionOptions& options, RunSettings& settings) {
  for (const std::string& without : options.without) {
    const auto word = read_word("--without", without, reduction_words());
    if (!word) return fail(word);
    settings.reductions.remove(*explore::reduction_from_word(*word));
  }
  if (options.none) settings.reductions = explore::Reductions::none();
  return {};
}

property::PropertySet properties_of(const scenario::Scenario& scenario, const RunSettings& settings) {
  property::PropertySet properties;
  for (const PropertyWord word : all_properties) {
    if (scenario.judges(word)) properties.add(word);
  }
  if (settings.strict) properties = properties | property::PropertySet{PropertyWord::PartialModuleCycle, PropertyWord::PartialReload, PropertyWord::ChildBeforeParent};
  if (settings.serializable) properties.add(PropertyWord::Unserializable);
  return properties;
}

}  // namespace lockweave::cli
