// How a command joins the tool: one file command_NAME.cpp defines its add_NAME function, and commands.cpp lists it.
#pragma once

#include "checker/cli/exit_status.h"
#include "model/base/diagnostic.h"

#include <CLI/CLI.hpp>

#include <cstddef>
#include <functional>
#include <iosfwd>

namespace lockweave::cli {

// Where a command writes. Reports go to `out`; errors and progress to `err`.
struct Console {
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;
  std::size_t width = 100;  // of the terminal that `out` is, if it is one
};

// What the command line asked for: gives the exit status. Set by the callback of the subcommand that was named.
using Action = std::function<int(Console&)>;

// Adds one subcommand to the tool. Its options live in a struct that the callback shares:
//
//     void add_designs(CLI::App& tool, Action& chosen) {
//         auto options = std::make_shared<Options>();
//         auto* command = tool.add_subcommand("designs", "the designs that can be named");
//         command->add_option(…, options->…);
//         command->callback([options, &chosen] { chosen = [options](Console& console) { return run(*options, console); }; });
//     }
using AddCommand = void (*)(CLI::App& tool, Action& chosen);

// All commands, in the order in which --help lists them.
void add_all_commands(CLI::App& tool, Action& chosen);

// Prints a diagnostic and gives the exit status for it.
int report(const Diagnostic& diagnostic, Console& console);

}  // namespace lockweave::cli
