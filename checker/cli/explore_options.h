// The options that say how to explore and what it may cost, as they stand on the command line, and what they mean.
#pragma once

#include "checker/budget.h"
#include "checker/explore/explorer.h"
#include "model/base/result.h"
#include "model/scenario/scenario.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lockweave::cli {

struct BudgetOptions {
  std::string max_states, max_memory, max_time;
  std::string jobs = "1";
  std::string progress = "auto";
};

struct StrategyOptions {
  std::string strategy = "auto";
  std::string preemptions, seed, walks, pct_depth, fairness;
  bool keep_going = false;
  bool strict = false;
  bool serializable = false;
};

struct ReductionOptions {
  bool none = false;
  std::vector<std::string> without;
};

// Where states and what is known of them are kept.
struct StorageOptions {
  bool fingerprints = false;
  std::string spill;
  std::string checkpoint, checkpoint_every, resume;
};

// What they mean. A scenario's own [bounds] count where the command line says nothing.
struct RunSettings {
  explore::Strategy strategy = explore::Strategy::Auto;
  std::optional<std::uint32_t> preemptions;
  std::uint64_t seed = 0;
  std::optional<std::uint64_t> walks;
  std::optional<std::uint32_t> pct_depth;
  explore::Fairness fairness = explore::Fairness::Strong;
  bool keep_going = false;
  bool strict = false;
  bool serializable = false;
  explore::Reductions reductions = explore::Reductions::all();
  bool want_outcomes = false;
  bool ordered_output = false;
  Budget budget;
  std::size_t jobs = 1;
  bool fingerprints = false;
  std::string spill;
  std::string checkpoint;
  double checkpoint_every = 60;
  std::shared_ptr<const explore::Checkpoint> resume;
  bool show_progress = true;
};

void add_budget_options(CLI::App& command, BudgetOptions& options, const std::string& each);
void add_storage_options(CLI::App& command, StorageOptions& options);
void add_strategy_options(CLI::App& command, StrategyOptions& options);
void add_reduction_options(CLI::App& command, ReductionOptions& options);
// Options that design and help of later versions know: named here, they are refused in words.
void add_later_options(CLI::App& command, std::vector<std::string>& values);

Result<void> apply(const BudgetOptions& options, RunSettings& settings);
Result<void> apply(const StrategyOptions& options, RunSettings& settings);
Result<void> apply(const ReductionOptions& options, RunSettings& settings);
// After those of the strategy.
Result<void> apply(const StorageOptions& options, RunSettings& settings);

// The properties judged: the defaults, what [properties] says, and what the command line adds.
property::PropertySet properties_of(const scenario::Scenario& scenario, const RunSettings& settings);

}  // namespace lockweave::cli
