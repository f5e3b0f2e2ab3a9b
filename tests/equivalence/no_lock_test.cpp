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
  CHECK(testing::compare_ways(
            {.first_seed = 1'000'000, .programs = 25'000, .design = "no-lock", .max_states = 600, .more_often = 100, .program = {.weak_references = false, .small = true}})
            .are_more_than(17'000));
}

TEST_CASE("nightly: every way finds the same without import locks" * doctest::skip()) {
  CHECK(testing::compare_ways({.first_seed = 100'000, .programs = 2'000, .design = "no-lock", .max_states = 20'000, .program = {.weak_references = false}}).are_more_than(1'000));
}

}  // namespace lockweave
