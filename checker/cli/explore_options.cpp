#include "checker/cli/explore_options.h"

#include "checker/explore/spill_file.h"

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
  return {};
}

// Those options that mean something to some strategies only, and to which.
struct StrategyOption {
  std::string_view name;
  std::string StrategyOptions::*value;
  std::vector<explore::Strategy> strategies;  // the first is the one meant where none is said
  std::string_view why;
};

const std::vector<StrategyOption>& strategy_options() {
  using explore::Strategy;
  static const std::vector<StrategyOption> options{
      {"--preemptions", &StrategyOptions::preemptions, {Strategy::Bounded}, "the others have no such bound"},
      {"--seed", &StrategyOptions::seed, {Strategy::RandomUniform, Strategy::RandomPct}, "nothing else is drawn by lot"},
      {"--walks", &StrategyOptions::walks, {Strategy::RandomUniform, Strategy::RandomPct}, "the others run no walks"},
      {"--pct-depth", &StrategyOptions::pct_depth, {Strategy::RandomPct}, "it is the depth of PCT"},
      {"--fairness", &StrategyOptions::fairness, {Strategy::Exhaustive, Strategy::Bounded}, "the others follow no execution for ever"},
  };
  return options;
}

// An option that says nothing about the strategy asked for is a mistake somewhere. `auto` becomes what the option asks for, if that is one strategy.
Result<void> check_strategy_options(const StrategyOptions& options, RunSettings& settings) {
  for (const StrategyOption& option : strategy_options()) {
    if ((options.*option.value).empty() || std::ranges::find(option.strategies, settings.strategy) != option.strategies.end()) continue;
    const bool is_auto = settings.strategy == explore::Strategy::Auto;
    if (is_auto && option.name == "--preemptions") settings.strategy = explore::Strategy::Bounded;
    if (is_auto && (option.name == "--preemptions" || option.name == "--fairness")) continue;
    std::vector<std::string> words;
    for (const explore::Strategy strategy : option.strategies) words.push_back(fmt::format("--strategy {}", to_word(strategy)));
    return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("{} and the strategy '{}' do not go together: {}", option.name,
                                                                        to_word(settings.strategy), option.why))
                    .with_hint(fmt::format("{} goes with {}", option.name, fmt::join(words, " or "))));
  }
  return {};
}

Result<std::optional<std::uint64_t>> read_optional_count(const std::string& name, const std::string& value, std::uint64_t least, std::uint64_t most) {
  if (value.empty()) return std::optional<std::uint64_t>();
  const auto count = read_count(name, value, least);
  if (!count) return fail(count);
  if (*count > most) return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("{} cannot be '{}': that number is too large", name, value)));
  return std::optional<std::uint64_t>(*count);
}

Result<void> apply_numbers(const StrategyOptions& options, RunSettings& settings) {
  constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max(), kSmall = std::numeric_limits<std::uint32_t>::max();
  const auto preemptions = read_optional_count("--preemptions", options.preemptions, 0, kSmall);
  if (!preemptions) return fail(preemptions);
  const auto seed = read_optional_count("--seed", options.seed, 0, kNoLimit);
  if (!seed) return fail(seed);
  const auto walks = read_optional_count("--walks", options.walks, 1, kNoLimit);
  if (!walks) return fail(walks);
  const auto pct_depth = read_optional_count("--pct-depth", options.pct_depth, 1, 1'000);
  if (!pct_depth) return fail(pct_depth);
  if (*preemptions) settings.preemptions = static_cast<std::uint32_t>(**preemptions);
  settings.seed = seed->value_or(0);
  settings.walks = *walks;
  if (*pct_depth) settings.pct_depth = static_cast<std::uint32_t>(**pct_depth);
  return {};
}

// More cores than any machine has that this is likely to run on: a larger number is a slip.
constexpr std::uint64_t max_jobs = 256;

}  // namespace

void add_budget_options(CLI::App& command, BudgetOptions& options, const std::string& each) {
  command.add_option("--max-states", options.max_states, "stop after so many states" + each)->type_name("N");
  command.add_option("--max-memory", options.max_memory, "stop at that size, such as 512M or 2GiB (default: most of this machine's)")->type_name("SIZE");
  command.add_option("--max-time", options.max_time, "stop after that time, such as 30s, 5m, 1h" + each)->type_name("DURATION");
  command.add_option("--jobs", options.jobs, "how many cores to use (exhaustive, dpor, random walks, cells of a matrix; the other strategies use one); the report does not depend on it")->type_name("N");
  command.add_option("--progress", options.progress, "auto: a status line if stderr is a terminal; never")->type_name("auto|never");
}

void add_strategy_options(CLI::App& command, StrategyOptions& options) {
  command.add_option("--strategy", options.strategy, "auto, exhaustive, dpor, bounded, random, random-pct")->type_name("STRATEGY");
  command.add_option("--preemptions", options.preemptions, "explore only executions with at most N preemptions (strategy bounded)")->type_name("N");
  command.add_option("--seed", options.seed, "for random strategies")->type_name("N");
  command.add_option("--walks", options.walks, "random strategies: how many executions (default: 1000)")->type_name("N");
  command.add_option("--pct-depth", options.pct_depth, "random-pct: how many ordered steps a bug may need (default: 3)")->type_name("N");
  command.add_option("--fairness", options.fairness, "which endless executions count; strong: a thread that can step again and again does; weak: one that can all the time does")->type_name("strong|weak");
  command.add_flag("--keep-going", options.keep_going, "show one counterexample of each property, not only the simplest of all");
  command.add_flag("--strict", options.strict, "judge partial-module-cycle, partial-reload and child-before-parent too");
  command.add_flag("--serializable", options.serializable, "judge unserializable too");
}

void add_reduction_options(CLI::App& command, ReductionOptions& options) {
  command.add_flag("--no-reduction", options.none, "turn all reductions off, but for the merging of invisible operations");
  command.add_option("--without", options.without, "turn one reduction off: " + fmt::format("{}", fmt::join(reduction_words(), ", ")))->type_name("REDUCTION");
}

void add_storage_options(CLI::App& command, StorageOptions& options) {
  command.add_flag("--fingerprints", options.fingerprints, "store 64 bits of each state instead of the state: less memory, and a few states may be missed (strategy exhaustive)");
  command.add_option("--spill", options.spill, "a folder: states that --max-memory leaves no room for go into a file there (strategy exhaustive)")->type_name("DIR");
  command.add_option("--checkpoint", options.checkpoint, "write a file now and then, and at the end, that --resume can go on from (strategies exhaustive and dpor)")->type_name("FILE");
  command.add_option("--checkpoint-every", options.checkpoint_every, "how often (default: 1m)")->type_name("DURATION");
  command.add_option("--resume", options.resume, "go on where the run stood that wrote this checkpoint, with the same scenario, design and options")->type_name("FILE");
}

Result<void> apply(const StorageOptions& options, RunSettings& settings) {
  const auto usage_error = [](std::string message) { return fail(make_diagnostic(DiagnosticCode::UsageError, std::move(message))); };
  std::vector<std::string_view> for_states, for_checkpoints;
  if (!options.spill.empty()) for_states.push_back("--spill");
  if (options.fingerprints) for_states.push_back("--fingerprints");
  if (!options.checkpoint.empty()) for_checkpoints.push_back("--checkpoint");
  if (!options.resume.empty()) for_checkpoints.push_back("--resume");
  using explore::Strategy;
  if (settings.strategy != Strategy::Auto && settings.strategy != Strategy::Exhaustive && !for_states.empty())
    return usage_error(fmt::format("{} goes with the strategy 'exhaustive', not '{}'", for_states.front(), explore::to_word(settings.strategy)));
  if (settings.strategy != Strategy::Auto && settings.strategy != Strategy::Exhaustive && settings.strategy != Strategy::Dpor && !for_checkpoints.empty())
    return usage_error(fmt::format("{} goes with the strategies 'exhaustive' and 'dpor', not '{}'", for_checkpoints.front(), explore::to_word(settings.strategy)));
  if (options.fingerprints && !(options.spill.empty() && for_checkpoints.empty()))
    return usage_error(fmt::format("{} does not go with --fingerprints: it keeps whole states, or what makes them again", for_checkpoints.empty() ? "--spill" : for_checkpoints.front()));
  if (!options.resume.empty()) {
    auto checkpoint = explore::Checkpoint::read(options.resume);
    if (!checkpoint) return fail(checkpoint);
    settings.resume = std::move(*checkpoint);
    if (settings.strategy == Strategy::Auto && settings.resume->dpor() != nullptr && for_states.empty()) settings.strategy = Strategy::Dpor;
  }
  if (settings.strategy == Strategy::Auto && !(for_states.empty() && for_checkpoints.empty())) settings.strategy = Strategy::Exhaustive;
  settings.fingerprints = options.fingerprints;
  if (!options.spill.empty()) {
    if (const auto fine = explore::check_spill_folder(options.spill); !fine) return fail(fine);
    settings.spill = options.spill;
  }
  if (!options.checkpoint_every.empty()) {
    if (options.checkpoint.empty()) return usage_error("--checkpoint-every says how often --checkpoint FILE is written, and needs it");
    const auto seconds = read_duration("--checkpoint-every", options.checkpoint_every);
    if (!seconds) return fail(seconds);
    settings.checkpoint_every = *seconds;
  }
  if (!options.checkpoint.empty()) {
    if (const auto fine = explore::check_checkpoint_path(options.checkpoint); !fine) return fail(fine);
    settings.checkpoint = options.checkpoint;
  }
  return {};
}

void add_later_options(CLI::App& command, std::vector<std::string>& values) {
  for (const std::string name : {"--html"}) {
    command.add_option_function<std::string>(name, [name, &values](const std::string&) { values.push_back(name); }, "")->group("");
  }
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
  const auto jobs = read_count("--jobs", options.jobs, 1, max_jobs);
  if (!jobs) return fail(jobs);
  settings.jobs = *jobs;
  const auto progress = read_word("--progress", options.progress, progress_words);
  if (!progress) return fail(progress);
  settings.show_progress = *progress == "auto";
  return {};
}

Result<void> apply(const StrategyOptions& options, RunSettings& settings) {
  if (auto applied = apply_strategy(options, settings); !applied) return applied;
  if (auto applied = apply_numbers(options, settings); !applied) return applied;
  const auto fairness = read_word("--fairness", options.fairness.empty() ? "strong" : options.fairness, fairness_words);
  if (!fairness) return fail(fairness);
  settings.fairness = *fairness == "weak" ? explore::Fairness::Weak : explore::Fairness::Strong;
  if (auto checked = check_strategy_options(options, settings); !checked) return checked;
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
