#include "checker/cli/command.h"

#include <ostream>

namespace lockweave::cli {

// One line a command; each is defined in command_NAME.cpp.
void add_check(CLI::App& tool, Action& chosen);
void add_outcomes(CLI::App& tool, Action& chosen);
void add_matrix(CLI::App& tool, Action& chosen);
void add_replay(CLI::App& tool, Action& chosen);
void add_run(CLI::App& tool, Action& chosen);
void add_designs(CLI::App& tool, Action& chosen);
void add_scenarios(CLI::App& tool, Action& chosen);

void add_all_commands(CLI::App& tool, Action& chosen) {
  for (const AddCommand add : {add_check, add_outcomes, add_matrix, add_replay, add_run, add_designs, add_scenarios}) add(tool, chosen);
}

int report(const Diagnostic& diagnostic, Console& console) {
  console.err << render(diagnostic);
  return exit_bad_input;
}

}  // namespace lockweave::cli
