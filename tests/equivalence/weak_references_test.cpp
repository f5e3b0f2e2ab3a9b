// Every way to explore a random program finds the same where weak references, their callbacks and finalisers tell who dropped the last reference.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/equivalence.h"
#include "tests/support/ways.h"

namespace lockweave {

TEST_CASE("every way finds the same in programs with weak references") {
  const auto compare = [](const char* design, int programs) {
    CAPTURE(std::string(design));
    return testing::compare_ways({.first_seed = 500, .programs = programs, .design = design, .max_states = 1000, .program = {}});
  };
  CHECK(compare("no-lock", 60).are_more_than(30));
  CHECK(compare("textbook", 20).are_more_than(10));
  (void)compare("cpython-3.12", 15);
}

TEST_CASE("nightly: every way finds the same in programs with weak references" * doctest::skip()) {
  for (const char* design : {"no-lock", "textbook", "per-module", "global-lock", "cpython-3.8", "cpython-3.11", "cpython-3.12", "cpython-3.13"}) {
    CAPTURE(std::string(design));
    const testing::Compared compared = testing::compare_ways({.first_seed = 600'000, .programs = 100, .design = design, .max_states = 2000, .program = {}});
    if (!compared.is_missing) CHECK(compared.are_more_than(40));
  }
}

// What only other threads' frames keep alive may be gone where a step is recalled.
TEST_CASE("nightly: remembered steps lead where the steps lead in programs with weak references" * doctest::skip()) {
  std::vector<testing::Way> checked;
  for (const testing::Way& way : testing::ways()) {
    if (way.machine.verify_states) checked.push_back(way);
  }
  REQUIRE(checked.size() == 3);
  for (const auto& [design, first_seed] : {std::pair("no-lock", 1'000'000), std::pair("textbook", 2'000'000)}) {
    for (const bool imports : {false, true}) {
      const auto found = testing::first_differences(
          {.first_seed = static_cast<std::uint64_t>(first_seed), .programs = 1'500, .design = design, .max_states = 1'500, .program = {.imports = imports}}, checked);
      for (const auto& caught : found) CHECK_MESSAGE(!caught, (caught ? std::to_string(caught->seed) + ": " + caught->difference : std::string()));
    }
  }
}

}  // namespace lockweave
