#include "checker/cli/run.h"

#include "checker/check.h"
#include "checker/cli/our_mistake.h"
#include "checker/report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace lockweave::cli {

namespace {

using report::Report;

explore::Strategy strategy_of(const scenario::Scenario& scenario, const RunSettings& settings) {
  return settings.strategy == explore::Strategy::Auto && scenario.bounds.preemptions ? explore::Strategy::Bounded : settings.strategy;
}

CheckOptions check_options(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings, report::ProgressLine& progress) {
  CheckOptions options;
  options.strategy = strategy_of(scenario, settings);
  options.origin = origin_of(scenario, design);
  options.explore.properties = properties_of(scenario, settings);
  options.explore.budget = settings.budget;
  options.explore.reductions = settings.reductions;
  options.explore.timeouts_last = scenario.bounds.timeouts == scenario::TimeoutRule::Last;
  options.explore.want_outcomes = settings.want_outcomes;
  options.explore.keep_going = settings.keep_going;
  options.explore.seed = settings.seed;
  options.explore.walks = settings.walks.value_or(options.explore.walks);
  options.explore.pct_depth = settings.pct_depth.value_or(options.explore.pct_depth);
  options.explore.fairness = settings.fairness;
  options.explore.jobs = settings.jobs;
  // The scenario's bounds count where the command line says nothing.
  if (scenario.bounds.max_states && settings.budget.max_states == Budget::kUnlimited) options.explore.budget.max_states = *scenario.bounds.max_states;
  if (settings.preemptions) options.explore.preemptions = *settings.preemptions;
  else if (scenario.bounds.preemptions) options.explore.preemptions = static_cast<std::uint32_t>(std::min<std::uint64_t>(*scenario.bounds.preemptions, 0xffffffffu));
  options.explore.checkpoint = {.path = settings.checkpoint, .seconds_between = settings.checkpoint_every,
                                .facts = checkpoint_facts(scenario, design, settings), .resume = settings.resume};
  options.explore.fingerprints = settings.fingerprints;
  options.explore.spill = settings.spill;
  if (progress.enabled()) {
    options.explore.progress = [&progress](const explore::Progress& now) {
      progress.show({now.states, now.transitions, now.depth, now.frontier, now.bytes, now.seconds});
    };
  }
  return options;
}

void fill(const CheckResult& result, Report& report) {
  report.strategy = result.strategy;
  report.verdict = result.verdict;
  report.complete = result.complete;
  for (const PropertyWord word : result.unchecked) report.unchecked.emplace_back(to_word(word));
  for (const CheckedViolation& violation : result.violations) {
    report.violations.push_back({.property = std::string(to_word(violation.property)), .message = violation.message, .preemptions = violation.preemptions,
                                 .minimal = violation.minimal, .schedule = violation.schedule, .loop_begin = violation.loop_begin,
                                 .trace = violation.trace});
  }
  for (const CheckedOutcome& outcome : result.outcomes) report.outcomes.push_back({outcome.outcome, outcome.schedule});
  const explore::Stats& stats = result.stats;
  report.stats = {stats.states, stats.transitions, stats.executions, stats.deadlocked, stats.sleep_blocked, stats.max_depth, stats.seconds, stats.peak_bytes};
  report.notes.insert(report.notes.end(), result.notes.begin(), result.notes.end());
  report.error = result.error;
  report.error_schedule = result.error_schedule;
}

Fingerprint digest_of_run(const scenario::Scenario& scenario, const ChosenDesign& design) {
  return design.design.digest_of_run(scenario.finder == scenario::Finder::Files);
}

}  // namespace

trace::ScheduleOrigin origin_of(const scenario::Scenario& scenario, const ChosenDesign& design) {
  return trace::origin_of(scenario.digest, digest_of_run(scenario, design));
}

explore::CheckpointFacts checkpoint_facts(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings) {
  explore::CheckpointFacts facts;
  const auto add = [&](std::string what, std::string value, std::string shown = {}) {
    facts.push_back({std::move(what), value, shown.empty() ? fmt::format("'{}'", value) : std::move(shown)});
  };
  const auto yes_no = [](bool is) { return std::string(is ? "yes" : "no"); };
  // What is told of a design or a scenario that differs is its name, unless only the content is another.
  const auto content = [&](std::string what, const std::string& name, Fingerprint digest) {
    add(std::move(what), to_text(digest), fmt::format("'{}' (content {})", name, to_text(digest).substr(0, 8)));
  };
  add("the version of lockweave", LOCKWEAVE_VERSION);
  add("the strategy", std::string(explore::to_word(settings.strategy)));
  content("the scenario", scenario.name, scenario.digest);
  content("the design", design.label, digest_of_run(scenario, design));
  std::string properties, reductions;
  for (const PropertyWord word : properties_of(scenario, settings).words()) properties += fmt::format("{}{}", properties.empty() ? "" : " ", to_word(word));
  for (const explore::Reduction reduction : explore::all_reductions) {
    if (settings.reductions.has(reduction)) reductions += fmt::format("{}{}", reductions.empty() ? "" : " ", to_word(reduction));
  }
  add("the set of properties", properties);
  add("the set of reductions", reductions);
  add("--keep-going", yes_no(settings.keep_going));
  add("--fairness", settings.fairness == explore::Fairness::Weak ? "weak" : "strong");
  add("asked for outcomes", yes_no(settings.want_outcomes));
  add("--order", yes_no(settings.ordered_output));
  return facts;
}

std::string replay_command(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings) {
  return fmt::format("lockweave replay {} {}{}{}{}", report::shell_word(scenario.path), design.option, settings.strict ? " --strict" : "",
                     settings.serializable ? " --serializable" : "", settings.ordered_output ? " --order" : "");
}

Result<std::unique_ptr<Machine>> load_machine(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings) {
  const MachineOptions options{.timeouts_last = scenario.bounds.timeouts == scenario::TimeoutRule::Last,
                               .ordered_output = settings.ordered_output,
                               .serial_records = properties_of(scenario, settings).has(PropertyWord::Unserializable),
                               // They can make an execution take more preemptions than it needs, and a bound would leave it out.
                               // Under weak fairness it matters that there is a moment when a lock is taken and nobody who waits for it can step.
                               .movers = settings.reductions.has(explore::Reduction::Movers) && settings.fairness == explore::Fairness::Strong &&
                                         strategy_of(scenario, settings) != explore::Strategy::Bounded,
                               .remember_steps = settings.reductions.has(explore::Reduction::RememberedSteps)};
  return Machine::load(scenario, design.design, options);
}

Report run(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings, report::ProgressLine& progress) {
  Report report;
  report.scenario = scenario.path;
  report.title = scenario.title;
  report.design = design.label;
  report.replay_command = replay_command(scenario, design, settings);
  report.has_outcomes = settings.want_outcomes;
  report.is_ordered = settings.ordered_output;
  if (!scenario.is_meant_for(design.design.name)) report.notes.push_back("the scenario says that it is not meant for this design");
  const auto origin = origin_of(scenario, design);
  const CurrentCell cell([&report, origin](const std::vector<Choice>& choices) {
    return report::replay_line(report, trace::to_string({origin, choices}));
  });
  const auto machine = load_machine(scenario, design, settings);
  if (!machine) {
    report.verdict = Verdict::Error;
    report.error = render(machine.error());
    return report;
  }
  fill(check(**machine, check_options(scenario, design, settings, progress)), report);
  progress.clear();
  return report;
}

Result<std::vector<scenario::Scenario>> load_scenarios(const std::vector<std::string>& paths) {
  std::vector<scenario::Scenario> scenarios;
  std::set<std::string> seen;
  for (const auto& path : paths) {
    const auto found = scenario::find_scenarios(path);
    if (!found) return fail(found);
    for (const auto& one : *found) {
      if (!seen.insert(one).second) continue;
      auto scenario = scenario::load_scenario(one);
      if (!scenario) return fail(scenario);
      scenarios.push_back(std::move(*scenario));
    }
  }
  return scenarios;
}

int exit_status_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass: return exit_success;
    case Verdict::Fail: return exit_violation;
    case Verdict::Incomplete: return exit_incomplete;
    case Verdict::Error: return exit_bad_input;
  }
  return exit_our_mistake;
}

int worse(int left, int right) {
  constexpr std::array<int, 5> worst_first{exit_our_mistake, exit_bad_input, exit_violation, exit_incomplete, exit_success};
  return *std::ranges::find_first_of(worst_first, std::array{left, right});
}

}  // namespace lockweave::cli
