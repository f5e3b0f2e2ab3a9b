// The tool as a function, so that tests can call it.
#pragma once

#include "checker/cli/command.h"

#include <span>
#include <string>

namespace lockweave::cli {

// Runs one command line (without the program's name) and gives the exit status.
int run_command_line(std::span<const std::string> arguments, Console& console);

}  // namespace lockweave::cli
