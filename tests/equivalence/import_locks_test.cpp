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
  constexpr std::uint64_t first_seed = 2'000'000;
  for (const char* design : {"textbook", "global-lock", "per-module"}) {
    CAPTURE(std::string(design));
    CHECK(testing::compare_ways({.first_seed = first_seed,
                                 .programs = 11'000,
                                 .design = design,
                                 .max_states = 600,
                                 .more_often = 100,
                                 .program = {.weak_references = false, .small = true}})
              .are_more_than(7'400));
  }
}

TEST_CASE("nightly: every way finds the same with import locks" * doctest::skip()) {
  for (const char* design : {"textbook", "global-lock", "per-module"}) {
    CHECK(testing::compare_ways({.first_seed = 200'000, .programs = 1'000, .design = design, .max_states = 20'000, .program = {.weak_references = false}}).are_more_than(500));
  }
}

}  // namespace lockweave
