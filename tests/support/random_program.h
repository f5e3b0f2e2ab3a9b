// Small random programs of threads over globals, containers, locks and imports, as scenarios.
#pragma once

#include <cstdint>
#include <string>

namespace lockweave::testing {

struct RandomProgramOptions {
  int threads = 2;
  int statements = 3;     // of each thread, about
  bool imports = true;    // of one or two modules of the scenario
};

// The text of a txtar. The same seed gives the same program on every machine.
std::string random_program(std::uint64_t seed, const RandomProgramOptions& options = {});

}  // namespace lockweave::testing
