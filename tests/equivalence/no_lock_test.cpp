// Every way to explore a random program finds the same, on the design without import locks.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {

TEST_CASE("every way finds the same without import locks") {
  const testing::Compared compared = testing::compare_ways({.first_seed = 1, .programs = 200, .design = "no-lock", .max_states = 1500, .program = {.weak_references = false}});
  CHECK(compared.compared > 80);
  CHECK(compared.dpor_complete > 60);
}

TEST_CASE("nightly: every way finds the same without import locks" * doctest::skip()) {
  CHECK(testing::compare_ways({.first_seed = 100'000, .programs = 25'000, .design = "no-lock", .max_states = 20'000, .program = {.weak_references = false}}).compared > 12'000);
}

}  // namespace lockweave
