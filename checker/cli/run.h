// One cell: a scenario on a design, explored under the command line's settings, told as a report.
#pragma once

#include "checker/cli/command.h"
#include "checker/cli/design_options.h"
#include "checker/cli/explore_options.h"
#include "checker/report/progress.h"
#include "checker/report/report.h"
#include "checker/trace/schedule.h"
#include "model/machine.h"
#include "model/scenario/scenario.h"

#include <memory>
#include <vector>

namespace lockweave::cli {

// Explores and reports. What is wrong with the program's text is the verdict `error`.
report::Report run(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings, report::ProgressLine& progress);

// The machine for a cell. Requires: scenario and design outlive it.
Result<std::unique_ptr<Machine>> load_machine(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings);

trace::ScheduleOrigin origin_of(const scenario::Scenario& scenario, const ChosenDesign& design);

// What must be the same in a run that goes on from a checkpoint.
explore::CheckpointFacts checkpoint_facts(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings);

// "lockweave replay SCENARIO --design DESIGN", without the schedule.
std::string replay_command(const scenario::Scenario& scenario, const ChosenDesign& design, const RunSettings& settings);

// All scenarios below these paths, each once; the first that cannot be read is the error.
Result<std::vector<scenario::Scenario>> load_scenarios(const std::vector<std::string>& paths);

// The exit status for a verdict; of several, the one that counts: 70, 2, 1, 3, 0.
int exit_status_of(Verdict verdict);
int worse(int left, int right);

}  // namespace lockweave::cli
