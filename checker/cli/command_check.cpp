// `lockweave check`: can it go wrong, and how?
#include "checker/cli/command.h"
#include "checker/cli/interrupt.h"
#include "checker/cli/output.h"
#include "checker/cli/run.h"
#include "checker/report/text_report.h"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace lockweave::cli {

void add_check(CLI::App& tool, Action& chosen);

namespace {

struct Options {
  std::vector<std::string> scenarios;
  DesignOptions designs;
  StrategyOptions strategy;
  ReductionOptions reductions;
  BudgetOptions budget;
  StorageOptions storage;
  OutputOptions output;
  std::vector<std::string> later;
};

constexpr auto examples =
    "Examples:\n"
    "  lockweave check it.txtar                                 on the newest CPython found here\n"
    "  lockweave check it.txtar --design 'cpython-3.*'          on all of them\n"
    "  lockweave check it.txtar --keep-going --strict           everything that can go wrong, one trace each\n"
    "  lockweave check it.txtar --preemptions 1 --max-time 30s  a quick look\n"
    "  lockweave check it.txtar --json report.json              for programs; `lockweave replay report.json` runs it again\n";

Result<RunSettings> settings_of(const Options& options) {
  if (!options.later.empty())
    return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("{} is not available in this version", options.later.front())));
  RunSettings settings;
  if (auto applied = apply(options.strategy, settings); !applied) return fail(applied);
  if (auto applied = apply(options.reductions, settings); !applied) return fail(applied);
  if (auto applied = apply(options.budget, settings); !applied) return fail(applied);
  if (auto applied = apply(options.storage, settings); !applied) return fail(applied);
  return settings;
}

int check_all(const std::vector<scenario::Scenario>& scenarios, const ChosenDesigns& chosen, const RunSettings& settings, Output& output, Console& console) {
  int status = exit_success;
  bool is_first = true;
  for (const auto& note : chosen.notes) output.write_text(note + "\n");
  report::ProgressLine progress(console.err, console.err_is_terminal && settings.show_progress, console.width);
  for (const auto& scenario : scenarios) {
    for (const auto& design : chosen.designs) {
      if (settings.budget.interrupt->load()) {
        output.write_text("\ninterrupted: the rest was not explored\n");
        return worse(status, exit_incomplete);
      }
      progress.set_subject(fmt::format("{} × {}", scenario.name, design.label));
      const auto report = run(scenario, design, settings, progress);
      output.write(report, (is_first ? "" : "\n") + report::to_text(report, {.width = console.width}));
      status = worse(status, exit_status_of(report.verdict));
      is_first = false;
    }
  }
  return status;
}

// What a scenario says wrongly is an error even where nobody asks for it.
Result<void> check_expectations(const std::vector<scenario::Scenario>& scenarios, const ChosenDesigns& chosen) {
  for (const auto& scenario : scenarios) {
    for (const auto& design : chosen.designs) {
      if (const auto expected = scenario.expectations.lookup(design.design.name); !expected) return fail(expected);
    }
  }
  return {};
}

// A checkpoint is of one exploration, and goes on as the same one.
Result<void> check_checkpoints(const std::vector<scenario::Scenario>& scenarios, const ChosenDesigns& chosen, const RunSettings& settings) {
  if (settings.checkpoint.empty() && settings.resume == nullptr) return {};
  if (scenarios.size() * chosen.designs.size() != 1) {
    return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("{} is for one scenario on one design, not for {} scenario{} on {} design{}",
                                                                        settings.checkpoint.empty() ? "--resume" : "--checkpoint", scenarios.size(), scenarios.size() == 1 ? "" : "s",
                                                                        chosen.designs.size(), chosen.designs.size() == 1 ? "" : "s")));
  }
  return settings.resume == nullptr ? Result<void>{} : settings.resume->check_fits(checkpoint_facts(scenarios.front(), chosen.designs.front(), settings));
}

int check_command(const Options& options, Console& console) {
  auto settings = settings_of(options);
  if (!settings) return report(settings.error(), console);
  const auto scenarios = load_scenarios(options.scenarios);
  if (!scenarios) return report(scenarios.error(), console);
  const auto designs = choose_designs(options.designs, WhenNone::Newest, WhenMissing::Fail);
  if (!designs) return report(designs.error(), console);
  if (const auto fine = check_expectations(*scenarios, *designs); !fine) return report(fine.error(), console);
  if (const auto fine = check_checkpoints(*scenarios, *designs, *settings); !fine) return report(fine.error(), console);
  auto output = Output::open(options.output, console);
  if (!output) return report(output.error(), console);
  settings->budget.interrupt = &catch_interrupts();
  const int status = check_all(*scenarios, *designs, *settings, *output, console);
  if (const auto finished = output->finish(); !finished) return report(finished.error(), console);
  return status;
}

}  // namespace

void add_check(CLI::App& tool, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto* command = tool.add_subcommand("check", "explore a scenario completely and show the simplest way in which it goes wrong");
  command->add_option("SCENARIO", options->scenarios, "a folder with a main.py, a .txtar archive, or a folder of such")->required();
  add_design_options(*command, options->designs, "the newest CPython found");
  add_strategy_options(*command, options->strategy);
  add_reduction_options(*command, options->reductions);
  add_budget_options(*command, options->budget, "");
  add_storage_options(*command, options->storage);
  add_output_options(*command, options->output);
  add_later_options(*command, options->later);
  command->footer(examples);
  command->callback([options, &chosen] { chosen = [options](Console& console) { return check_command(*options, console); }; });
}

}  // namespace lockweave::cli
