#include "checker/explore/explorer.h"

#include <fmt/format.h>

#include "checker/explore/bounded.h"
#include "checker/explore/dpor.h"
#include "checker/explore/exhaustive.h"
#include "checker/explore/fingerprint_search.h"
#include "checker/explore/random_pct.h"
#include "checker/explore/random_uniform.h"
#include "model/base/check.h"

namespace lockweave::explore {

namespace {

thread_local ScheduleSource* innermost = nullptr;

}  // namespace

std::string_view to_word(Strategy strategy) {
  switch (strategy) {
    case Strategy::Auto: return "auto";
    case Strategy::Exhaustive: return "exhaustive";
    case Strategy::Dpor: return "dpor";
    case Strategy::Bounded: return "bounded";
    case Strategy::RandomUniform: return "random";
    case Strategy::RandomPct: return "random-pct";
  }
  return "";
}

std::optional<Strategy> strategy_from_word(std::string_view word) {
  for (const Strategy strategy : {Strategy::Auto, Strategy::Exhaustive, Strategy::Dpor, Strategy::Bounded, Strategy::RandomUniform, Strategy::RandomPct}) {
    if (word == to_word(strategy)) return strategy;
  }
  return std::nullopt;
}

std::unique_ptr<Explorer> make_explorer(Strategy strategy, ExploreOptions options) {
  switch (strategy) {
    case Strategy::Auto: break;
    case Strategy::Exhaustive:
      if (options.fingerprints) return std::make_unique<FingerprintExplorer>(std::move(options));
      return std::make_unique<ExhaustiveExplorer>(std::move(options));
    case Strategy::Dpor: return std::make_unique<DporExplorer>(std::move(options));
    case Strategy::Bounded: return std::make_unique<BoundedExplorer>(std::move(options));
    case Strategy::RandomUniform: return std::make_unique<UniformExplorer>(std::move(options));
    case Strategy::RandomPct: return std::make_unique<PctExplorer>(std::move(options));
  }
  LOCKWEAVE_CHECK(false, "a strategy is chosen before an explorer is made");
  return nullptr;
}

Exploration differs(const Checkpoint& checkpoint) {
  Exploration result;
  result.error = fmt::format("the checkpoint '{}' cannot be continued: this lockweave does something else than the one that wrote it", checkpoint.path());
  return result;
}

ScheduleSource::ScheduleSource(std::function<std::vector<Choice>()> schedule) : schedule_(std::move(schedule)), outer_(innermost) {
  innermost = this;
}

ScheduleSource::~ScheduleSource() { innermost = outer_; }

std::vector<Choice> current_schedule() { return innermost == nullptr ? std::vector<Choice>{} : innermost->schedule_(); }

}  // namespace lockweave::explore
