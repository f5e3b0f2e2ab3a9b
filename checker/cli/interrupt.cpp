#include "checker/cli/interrupt.h"

#include "checker/cli/exit_status.h"

#include <csignal>
#include <cstdlib>
#include <unistd.h>

namespace lockweave::cli {

namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

void on_signal(int) {
  if (interrupted.exchange(true)) _exit(exit_incomplete);
}

}  // namespace

const std::atomic<bool>& catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  return interrupted;
}

}  // namespace lockweave::cli
