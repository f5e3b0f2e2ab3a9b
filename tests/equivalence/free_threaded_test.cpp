// Every way to explore a random program finds the same where no GIL keeps threads apart: other threads come in between the operations of C code of the
// library and of the import system as well, and whoever is left standing ready was preempted.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {
namespace {

testing::Comparison small_programs(const char* design, std::uint64_t first_seed, int programs, bool weak_references) {
  return {.first_seed = first_seed,
          .programs = programs,
          .design = design,
          .without_gil = true,
          .max_states = 600,
          .program = {.weak_references = weak_references, .shared_everywhere = true, .small = true}};
}

}  // namespace

TEST_CASE("every way finds the same on small programs without a GIL") {
  CHECK(testing::compare_ways(small_programs("no-lock", 50'000, 200, false)).are_more_than(100));
}

TEST_CASE("every way finds the same on small programs with weak references and no GIL") {
  CHECK(testing::compare_ways(small_programs("free-threaded", 60'000, 60, true)).are_more_than(25));
}

TEST_CASE("nightly: every way finds the same on small programs without a GIL" * doctest::skip()) {
  CHECK(testing::compare_ways(small_programs("no-lock", 5'000'000, 4'000, false)).are_more_than(2'000));
  CHECK(testing::compare_ways(small_programs("free-threaded", 5'500'000, 3'000, true)).are_more_than(1'200));
}

TEST_CASE("nightly: every way finds the same where imports meet without a GIL" * doctest::skip()) {
  CHECK(testing::compare_ways({.first_seed = 700'000, .programs = 100, .design = "free-threaded", .without_gil = true, .max_states = 5'000, .program = {}}).are_more_than(40));
}

}  // namespace lockweave
