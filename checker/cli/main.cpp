#include "checker/cli/command_line.h"
#include "checker/cli/our_mistake.h"
#include "model/base/check.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

namespace {

[[noreturn]] void stop_with_our_mistake(const lockweave::BrokenInvariant& broken) {
  std::cout.flush();
  std::cerr << lockweave::cli::our_mistake_text(lockweave::render(broken)) << std::flush;
  std::_Exit(lockweave::cli::exit_our_mistake);
}

lockweave::cli::Console console_here() {
  constexpr std::size_t narrowest = 60;
  lockweave::cli::Console console{std::cout, std::cerr};
  console.err_is_terminal = isatty(STDERR_FILENO) != 0;
  winsize window{};
  if (isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0)
    console.width = std::max<std::size_t>(window.ws_col, narrowest);
  return console;
}

}  // namespace

int main(int argc, char** argv) {
  lockweave::set_failure_hook(stop_with_our_mistake);
  auto console = console_here();
  try {
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    const int status = lockweave::cli::run_command_line(arguments, console);
    std::cout.flush();
    return status;
  } catch (const std::exception& error) {
    std::cout.flush();
    std::cerr << lockweave::cli::our_mistake_text(error.what());
    return lockweave::cli::exit_our_mistake;
  }
}
