// Many random programs on one design, each explored in every way (ways.h). What differs is made small and told.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tests/support/random_program.h"
#include "tests/support/ways.h"

namespace lockweave::testing {

struct Comparison {
  std::uint64_t first_seed = 1;
  int programs = 100;
  const char* design = "textbook";
  bool every_opcode = false;          // switch at every opcode, whatever the design says
  bool without_gil = false;           // likewise, and no GIL keeps threads apart
  std::uint64_t max_states = 3000;    // larger programs are passed over
  const char* without = nullptr;      // ways whose name begins so are not taken
  unsigned more_often = 1;            // ways that are taken for one program in n are taken for one in n / more_often
  RandomProgramOptions program;
};

struct Compared {
  int compared = 0;        // programs whose first way was complete
  int share = 1;           // one program in so many was taken: LOCKWEAVE_TEST_SHARE, for builds in which everything is slow
  int too_large = 0;
  int unsupported = 0;
  int dpor_complete = 0;
  int with_failures = 0;   // a property is broken
  int with_outcomes = 0;   // there is more than one outcome
  int explorations = 0;    // beside the first of each
  bool is_missing = false;  // the design's interpreter is not here
  // About how many there were, had all programs been taken.
  int of_all(int count) const { return count * share; }
  bool are_more_than(int programs) const { return of_all(compared) > programs; }
};

// Fails the running test case for each difference.
Compared compare_ways(const Comparison& comparison);

// For each way the first program on which it finds something else than the first way does, and what; nothing: it agrees on all of them.
struct Caught {
  std::uint64_t seed = 0;
  std::string difference;
};
std::vector<std::optional<Caught>> first_differences(const Comparison& comparison, std::span<const Way> ways);

// Programs that are made of something other than a ProgramTree. `program` gives the text of one by its seed; `adjust` takes out of findings what ways need not agree on.
struct TextComparison {
  std::function<std::string(std::uint64_t)> program;
  std::function<void(Findings&)> adjust = [](Findings&) {};
};
struct TextsCompared {
  int compared = 0;
  int with_outcomes = 0;
};
// Ends at the first difference, which is told. Nothing is compared if the design's interpreter is not here.
TextsCompared compare_texts(const TextComparison& comparison, const char* design_name, std::uint64_t first_seed, int programs, std::uint64_t max_states);

}  // namespace lockweave::testing
