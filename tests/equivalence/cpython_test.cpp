// Every way to explore a random program finds the same, on CPython's own designs.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {

TEST_CASE("nightly, small: every way finds the same on CPython's designs" * doctest::skip()) {
  for (const char* design : {"cpython-3.8", "cpython-3.12"}) {
    CAPTURE(std::string(design));
    const testing::Compared compared = testing::compare_ways({.first_seed = 20'000, .programs = 150, .design = design, .max_states = 1500, .program = {.weak_references = false}});
    if (!compared.is_missing) CHECK(compared.compared > 50);
  }
}

TEST_CASE("nightly: every way finds the same on CPython's designs" * doctest::skip()) {
  for (const char* design : {"cpython-3.6", "cpython-3.7", "cpython-3.8", "cpython-3.9", "cpython-3.10", "cpython-3.11", "cpython-3.12", "cpython-3.13"}) {
    const testing::Compared compared = testing::compare_ways({.first_seed = 300'000, .programs = 1'500, .design = design, .max_states = 20'000, .program = {.weak_references = false}});
    if (!compared.is_missing) CHECK(compared.compared > 500);
  }
}

}  // namespace lockweave
