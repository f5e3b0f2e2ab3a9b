// Every way to explore a random program finds the same, on the short designs with import locks.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {

TEST_CASE("nightly, small: every way finds the same with import locks" * doctest::skip()) {
  for (const char* design : {"textbook", "global-lock", "per-module"}) {
    CAPTURE(std::string(design));
    const testing::Compared compared = testing::compare_ways({.first_seed = 10'000, .programs = 250, .design = design, .max_states = 1500, .program = {.weak_references = false}});
    CHECK(compared.compared > 100);
  }
}

TEST_CASE("nightly: every way finds the same with import locks" * doctest::skip()) {
  for (const char* design : {"textbook", "global-lock", "per-module"}) {
    CHECK(testing::compare_ways({.first_seed = 200'000, .programs = 12'000, .design = design, .max_states = 20'000, .program = {.weak_references = false}}).compared > 4'000);
  }
}

}  // namespace lockweave
