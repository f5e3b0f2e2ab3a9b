// Every way to explore a random program finds the same, on the short designs with import locks.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {

TEST_CASE("every way finds the same on small programs with import locks") {
  constexpr std::uint64_t first_seed = 11'000;
  for (const char* design : {"textbook", "global-lock", "per-module"}) {
    CAPTURE(std::string(design));
    const testing::Compared compared = testing::compare_ways(
        {.first_seed = first_seed, .programs = 470, .design = design, .max_states = 600, .program = {.weak_references = false, .small = true}});
    CHECK(compared.are_more_than(330));
  }
}

TEST_CASE("nightly: every way finds the same on small programs with import locks" * doctest::skip()) {
  for (const char* design : {"textbook", "global-lock", "per-module"}) {
    CAPTURE(std::string(design));
    const auto compare = [&](std::uint64_t first_seed, int programs, bool weak_references, unsigned more_often) {
      return testing::compare_ways({.first_seed = first_seed,
                                    .programs = programs,
                                    .design = design,
                                    .max_states = 600,
                                    .more_often = more_often,
                                    .program = {.weak_references = weak_references, .small = true}});
    };
    CHECK(compare(2'000'000, 4'000, false, 1).are_more_than(2'600));
    CHECK(compare(2'500'000, 5'300, true, 1).are_more_than(3'500));
    CHECK(compare(2'800'000, 200, true, 100).are_more_than(120));
  }
}

TEST_CASE("nightly: every way finds the same with import locks" * doctest::skip()) {
  for (const char* design : {"textbook", "global-lock", "per-module"}) {
    CHECK(testing::compare_ways({.first_seed = 200'000, .programs = 60, .design = design, .max_states = 5'000, .program = {.weak_references = false}}).are_more_than(30));
  }
}

}  // namespace lockweave
