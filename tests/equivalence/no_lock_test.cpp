// Every way to explore a random program finds the same, on the design without import locks.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {

TEST_CASE("every way finds the same without import locks") {
  const testing::Compared compared = testing::compare_ways({.first_seed = 1, .programs = 100, .design = "no-lock", .max_states = 1500, .program = {.weak_references = false}});
  CHECK(compared.are_more_than(50));
  CHECK(compared.of_all(compared.dpor_complete) > 35);
}

TEST_CASE("every way finds the same on small programs without import locks") {
  const testing::Compared compared = testing::compare_ways(
      {.first_seed = 1'000, .programs = 800, .design = "no-lock", .max_states = 600, .program = {.weak_references = false, .small = true}});
  CHECK(compared.are_more_than(580));
  CHECK(compared.of_all(compared.with_outcomes) > 200);
  CHECK(compared.of_all(compared.with_failures) > 200);
  CHECK(compared.of_all(compared.dpor_complete) > 400);
}

TEST_CASE("nightly: every way finds the same on small programs without import locks" * doctest::skip()) {
  const auto compare = [](std::uint64_t first_seed, int programs, bool weak_references, unsigned more_often) {
    return testing::compare_ways({.first_seed = first_seed,
                                  .programs = programs,
                                  .design = "no-lock",
                                  .max_states = 600,
                                  .more_often = more_often,
                                  .program = {.weak_references = weak_references, .small = true}});
  };
  CHECK(compare(1'000'000, 11'400, false, 1).are_more_than(7'600));
  CHECK(compare(1'500'000, 14'500, true, 1).are_more_than(10'000));
  CHECK(compare(1'800'000, 700, true, 100).are_more_than(450));
}

TEST_CASE("nightly: every way finds the same without import locks" * doctest::skip()) {
  CHECK(testing::compare_ways({.first_seed = 100'000, .programs = 150, .design = "no-lock", .max_states = 5'000, .program = {.weak_references = false}}).are_more_than(75));
}

}  // namespace lockweave
