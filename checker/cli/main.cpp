#include "checker/cli/command_line.h"
#include "model/base/check.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

// A running command may set a hook of its own that also prints the schedule so far.
[[noreturn]] void stop_with_our_mistake(const lockweave::BrokenInvariant& broken) {
  std::cout.flush();
  std::cerr << "lockweave: a mistake of Lockweave's own, please report it: " << lockweave::render(broken) << std::endl;
  std::_Exit(lockweave::cli::exit_our_mistake);
}

}  // namespace

int main(int argc, char** argv) {
  lockweave::set_failure_hook(stop_with_our_mistake);
  lockweave::cli::Console console{std::cout, std::cerr};
  try {
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    const int status = lockweave::cli::run_command_line(arguments, console);
    std::cout.flush();
    return status;
  } catch (const std::exception& error) {
    std::cout.flush();
    std::cerr << "lockweave: a mistake of Lockweave's own, please report it: " << error.what() << "\n";
    return lockweave::cli::exit_our_mistake;
  }
}
