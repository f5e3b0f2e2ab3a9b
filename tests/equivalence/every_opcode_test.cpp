// Every way to explore a random program finds the same, where threads may switch at every opcode.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {
namespace {

testing::Comparison small_programs(std::uint64_t first_seed, int programs, bool weak_references, unsigned more_often) {
  return {.first_seed = first_seed,
          .programs = programs,
          .design = "no-lock",
          .every_opcode = true,
          .max_states = 600,
          .more_often = more_often,
          .program = {.weak_references = weak_references, .shared_everywhere = true, .small = true}};
}

}  // namespace

TEST_CASE("every way finds the same on small programs where threads switch at every opcode") {
  CHECK(testing::compare_ways(small_programs(30'000, 460, false, 1)).are_more_than(300));
}

TEST_CASE("nightly: every way finds the same on small programs where threads switch at every opcode" * doctest::skip()) {
  CHECK(testing::compare_ways(small_programs(3'000'000, 7'000, false, 1)).are_more_than(4'500));
  CHECK(testing::compare_ways(small_programs(3'500'000, 9'000, true, 1)).are_more_than(5'500));
  CHECK(testing::compare_ways(small_programs(3'800'000, 400, true, 100)).are_more_than(230));
}

TEST_CASE("nightly: every way finds the same where threads switch at every opcode" * doctest::skip()) {
  CHECK(testing::compare_ways({.first_seed = 400'000,
                               .programs = 100,
                               .design = "no-lock",
                               .every_opcode = true,
                               .max_states = 5'000,
                               .program = {.weak_references = false, .shared_everywhere = true}})
            .are_more_than(40));
}

}  // namespace lockweave
