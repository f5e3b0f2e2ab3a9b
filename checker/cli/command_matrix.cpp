// `lockweave matrix`: many scenarios on many designs, against what the scenarios expect.
#include "checker/cli/command.h"
#include "checker/cli/interrupt.h"
#include "checker/cli/output.h"
#include "checker/cli/run.h"
#include "checker/report/matrix_report.h"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <mutex>
#include <ostream>

namespace lockweave::cli {

void add_matrix(CLI::App& tool, Action& chosen);

namespace {

struct Options {
  std::vector<std::string> scenarios;
  DesignOptions designs;
  BudgetOptions budget;
  OutputOptions output;
};

constexpr auto examples =
    "Examples:\n"
    "  lockweave matrix specs/scenarios --design 'cpython-3.*' --design textbook\n"
    "  lockweave matrix it.txtar --max-time 30s\n"
    "\n"
    "✓ as expected   ✗ not as expected   - nothing expected   · not meant for this design\n"
    "An incomplete exploration meets no expectation, unless [bounds] incomplete_ok names the design.\n";

struct Job {
  std::size_t row;
  std::size_t column;
  const scenario::Scenario* scenario;
  const ChosenDesign* design;
  std::optional<scenario::ExpectedVerdict> expected;
};

bool is_met(const report::Report& found, const scenario::ExpectedVerdict& expected, bool incomplete_ok) {
  if (found.verdict == Verdict::Error || !found.error.empty()) return false;
  const bool is_incomplete = !found.complete || !found.unchecked.empty();
  if (is_incomplete && !incomplete_ok) return false;
  std::vector<PropertyWord> words;
  for (const auto& violation : found.violations) words.push_back(*property_from_word(violation.property));
  std::ranges::sort(words);
  // What has not been found may lie in what has not been explored.
  return is_incomplete ? std::ranges::includes(expected.failing, words) : words == expected.failing;
}

report::Report judge(const Job& job, report::Report found) {
  if (!job.expected) return found;
  report::Expectation expectation;
  for (const PropertyWord word : job.expected->failing) expectation.failing.emplace_back(to_word(word));
  expectation.met = is_met(found, *job.expected, job.scenario->expectations.incomplete_ok(job.design->design.name));
  found.expectation = std::move(expectation);
  return found;
}

// The cells, their expectations looked up: an ambiguous one is known before anything runs.
Result<std::vector<Job>> plan(const std::vector<scenario::Scenario>& scenarios, const std::vector<ChosenDesign>& designs) {
  std::vector<Job> jobs;
  for (std::size_t row = 0; row < scenarios.size(); ++row) {
    for (std::size_t column = 0; column < designs.size(); ++column) {
      const auto& design = designs[column];
      if (!scenarios[row].is_meant_for(design.design.name)) continue;
      auto expected = scenarios[row].expectations.lookup(design.design.name);
      if (!expected) return fail(expected);
      jobs.push_back({row, column, &scenarios[row], &design, std::move(*expected)});
    }
  }
  return jobs;
}

class MatrixRun {
 public:
  MatrixRun(const std::vector<Job>& jobs, const RunSettings& settings, Console& console) : jobs_(jobs), settings_(settings), console_(console), found_(jobs.size()) {}

  // Cells are independent of each other; which worker runs which changes nothing.
  std::vector<std::optional<report::Report>> run_all() {
    const std::size_t workers = std::min(settings_.jobs, jobs_.size());
    if (workers <= 1) {
      work(settings_, console_.err_is_terminal && settings_.show_progress);
      return std::move(found_);
    }
    RunSettings each = settings_;
    each.jobs = 1;
    each.budget.max_bytes = std::max<std::uint64_t>(1, each.budget.max_bytes / workers);  // they share what there is
    const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, workers);
    tbb::task_arena arena(static_cast<int>(workers));
    arena.execute([&] {
      tbb::task_group group;
      for (std::size_t i = 1; i < workers; ++i) group.run([&] { work(each, false); });
      group.run_and_wait([&] { work(each, false); });
    });
    const std::scoped_lock lock(mutex_);  // what the workers did has been seen
    return std::move(found_);
  }

 private:
  void work(const RunSettings& settings, bool shows_progress) {
    report::ProgressLine progress(console_.err, shows_progress, console_.width);
    for (std::size_t next = next_++; next < jobs_.size(); next = next_++) {
      if (settings_.budget.interrupt->load()) return;
      const Job& job = jobs_[next];
      progress.set_subject(fmt::format("{}/{} {} × {}", next + 1, jobs_.size(), job.scenario->name, job.design->label));
      report::Report found = judge(job, run(*job.scenario, *job.design, settings, progress));
      const std::scoped_lock lock(mutex_);
      found_[next] = std::move(found);
    }
  }

  const std::vector<Job>& jobs_;
  const RunSettings& settings_;
  Console& console_;
  std::vector<std::optional<report::Report>> found_;
  std::mutex mutex_;  // of found_
  std::atomic<std::size_t> next_{0};
};

int status_of(const report::Report& found) {
  if (found.verdict == Verdict::Error) return exit_bad_input;
  return found.expectation && !found.expectation->met ? exit_violation : exit_success;
}

report::Matrix empty_matrix(const std::vector<scenario::Scenario>& scenarios, const ChosenDesigns& chosen) {
  report::Matrix matrix;
  for (const auto& scenario : scenarios) matrix.scenarios.push_back(scenario.name);
  for (const auto& design : chosen.designs) matrix.designs.push_back(design.label);
  matrix.cells.assign(scenarios.size(), std::vector<report::MatrixCell>(chosen.designs.size()));
  matrix.notes = chosen.notes;
  return matrix;
}

int matrix_command(const Options& options, Console& console) {
  RunSettings settings;
  settings.keep_going = true;
  if (const auto applied = apply(options.budget, settings); !applied) return report(applied.error(), console);
  const auto scenarios = load_scenarios(options.scenarios);
  if (!scenarios) return report(scenarios.error(), console);
  const auto chosen = choose_designs(options.designs, WhenNone::All, WhenMissing::Skip);
  if (!chosen) return report(chosen.error(), console);
  const auto jobs = plan(*scenarios, chosen->designs);
  if (!jobs) return report(jobs.error(), console);
  auto output = Output::open(options.output, console);
  if (!output) return report(output.error(), console);
  settings.budget.interrupt = &catch_interrupts();

  auto matrix = empty_matrix(*scenarios, *chosen);
  int status = exit_success;
  auto found = MatrixRun(*jobs, settings, console).run_all();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) {
      status = worse(status, exit_incomplete);
      continue;
    }
    output->write(*found[i], "");
    status = worse(status, status_of(*found[i]));
    matrix.cells[(*jobs)[i].row][(*jobs)[i].column] = {true, std::move(*found[i])};
  }
  const auto not_run = std::ranges::count_if(found, [](const auto& one) { return !one.has_value(); });
  if (not_run > 0) matrix.notes.push_back(fmt::format("interrupted: {} cells were not explored", not_run));
  output->write_text(report::to_text(matrix, console.width));
  if (const auto finished = output->finish(); !finished) return report(finished.error(), console);
  return status;
}

}  // namespace

void add_matrix(CLI::App& tool, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto* command = tool.add_subcommand("matrix", "a table scenario × design, checked against what the scenarios expect");
  command->add_option("SCENARIO", options->scenarios, "scenarios, or folders of them")->required();
  add_design_options(*command, options->designs, "all that can run here");
  add_budget_options(*command, options->budget, ", in each cell");
  add_output_options(*command, options->output);
  command->footer(examples);
  command->callback([options, &chosen] { chosen = [options](Console& console) { return matrix_command(*options, console); }; });
}

}  // namespace lockweave::cli
