// `lockweave outcomes`: every way in which the program can end, one schedule each.
#include "checker/cli/command.h"
#include "checker/cli/interrupt.h"
#include "checker/cli/output.h"
#include "checker/cli/run.h"
#include "checker/report/text_report.h"
#include "checker/report/words.h"

#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace lockweave::cli {

void add_outcomes(CLI::App& tool, Action& chosen);

namespace {

struct Options {
  std::string scenario;
  bool order = false;
  DesignOptions designs;
  BudgetOptions budget;
  ReductionOptions reductions;
  OutputOptions output;
};

constexpr auto examples =
    "Examples:\n"
    "  lockweave outcomes it.txtar --design cpython-3.12\n"
    "  lockweave outcomes it.txtar --order               tell apart the orders in which threads print\n"
    "  lockweave outcomes it.txtar --json -              for programs\n";

std::string listing(const report::Report& report) {
  std::string text = fmt::format("{} × {}: {}\n", report.scenario, report.design, report::count(report.outcomes.size(), "outcome"));
  if (!report.strategy.empty()) text += report::stats_line(report, /*timings=*/true);
  for (const auto& note : report.notes) text += fmt::format("  {}\n", note);
  return text + report::outcomes_text(report);
}

// Violations are `check`'s business: what counts here is whether all ends were found.
int status_of(const report::Report& report) {
  if (report.complete) return exit_success;
  return report.error.empty() ? exit_incomplete : exit_bad_input;
}

int outcomes_command(const Options& options, Console& console) {
  RunSettings settings;
  settings.keep_going = true;
  settings.want_outcomes = true;
  settings.ordered_output = options.order;
  if (const auto applied = apply(options.budget, settings); !applied) return report(applied.error(), console);
  if (const auto applied = apply(options.reductions, settings); !applied) return report(applied.error(), console);
  const auto scenario = scenario::load_scenario(options.scenario);
  if (!scenario) return report(scenario.error(), console);
  const auto design = choose_one_design(options.designs, "outcomes");
  if (!design) return report(design.error(), console);
  auto output = Output::open(options.output, console);
  if (!output) return report(output.error(), console);
  settings.budget.interrupt = &catch_interrupts();
  report::ProgressLine progress(console.err, console.err_is_terminal && settings.show_progress, console.width);
  const auto found = run(*scenario, *design, settings, progress);
  output->write(found, listing(found));
  if (const auto finished = output->finish(); !finished) return report(finished.error(), console);
  return status_of(found);
}

}  // namespace

void add_outcomes(CLI::App& tool, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto* command = tool.add_subcommand("outcomes", "list every way in which the program can end, one schedule each");
  command->add_option("SCENARIO", options->scenario, "a folder with a main.py, or a .txtar archive")->required();
  add_design_options(*command, options->designs, "the newest CPython found");
  command->add_flag("--order", options->order, "standard output is one place that every print writes: tell its orders apart");
  add_budget_options(*command, options->budget, "");
  add_reduction_options(*command, options->reductions);
  add_output_options(*command, options->output);
  command->footer(examples);
  command->callback([options, &chosen] { chosen = [options](Console& console) { return outcomes_command(*options, console); }; });
}

}  // namespace lockweave::cli
