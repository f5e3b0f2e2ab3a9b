// Small random programs of threads over globals, containers, attributes, locks, weak references, generators and imports, as scenarios.
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/program_tree.h"

namespace lockweave::testing {

struct RandomProgramOptions {
  int threads = 0;          // 2 to 4, or 0: any of these
  bool imports = true;      // of modules of the scenario
  bool intrinsics = true;   // lockweave.choose and its kin: what a real interpreter cannot do in every way
  bool weak_references = true;  // and finalisers: who drops the last reference is noticed
  bool shared_everywhere = false;  // for designs that switch at every opcode: fewer statements
  bool small = false;       // about one thing, a statement or two in each thread: many of them can be explored in every way
};

// The same seed gives the same program on every machine.
ProgramTree random_program_tree(std::uint64_t seed, const RandomProgramOptions& options = {});

inline std::string random_program(std::uint64_t seed, const RandomProgramOptions& options = {}) { return random_program_tree(seed, options).text(); }

}  // namespace lockweave::testing
