// Every way to explore a random program finds the same, on CPython's own designs.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {

TEST_CASE("every way finds the same on small programs on CPython's designs") {
  constexpr std::uint64_t first_seed = 21'000;
  for (const char* design : {"cpython-3.8", "cpython-3.12"}) {
    CAPTURE(std::string(design));
    const testing::Compared compared = testing::compare_ways(
        {.first_seed = first_seed, .programs = 100, .design = design, .max_states = 600, .program = {.weak_references = false, .small = true}});
    if (!compared.is_missing) CHECK(compared.are_more_than(50));
  }
}

TEST_CASE("nightly: every way finds the same on CPython's designs" * doctest::skip()) {
  for (const char* design : {"cpython-3.6", "cpython-3.7", "cpython-3.8", "cpython-3.9", "cpython-3.10", "cpython-3.11", "cpython-3.12", "cpython-3.13"}) {
    CAPTURE(std::string(design));
    const testing::Compared compared = testing::compare_ways({.first_seed = 300'000, .programs = 40, .design = design, .max_states = 2'500, .program = {.weak_references = false}});
    if (!compared.is_missing) CHECK(compared.are_more_than(12));
    const testing::Compared small = testing::compare_ways({.first_seed = 350'000, .programs = 160, .design = design, .max_states = 600, .program = {.small = true}});
    if (!small.is_missing) CHECK(small.are_more_than(90));
  }
}

}  // namespace lockweave
