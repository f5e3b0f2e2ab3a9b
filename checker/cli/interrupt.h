// Ctrl-C: an exploration stops at the next look at its budget and reports what it has; a second one ends the program.
#pragma once

#include <atomic>

namespace lockweave::cli {

// From now on SIGINT and SIGTERM set the flag that is returned. It lives as long as the program.
const std::atomic<bool>& catch_interrupts();

}  // namespace lockweave::cli
