// Every way to explore a random program finds the same where weak references, their callbacks and finalisers tell who dropped the last reference.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {

TEST_CASE("every way finds the same in programs with weak references") {
  const auto compare = [](const char* design, int programs) {
    CAPTURE(std::string(design));
    return testing::compare_ways({.first_seed = 500, .programs = programs, .design = design, .max_states = 1000, .program = {}});
  };
  CHECK(compare("no-lock", 60).are_more_than(30));
  CHECK(compare("textbook", 20).are_more_than(10));
  (void)compare("cpython-3.12", 15);
}

TEST_CASE("nightly: every way finds the same in programs with weak references" * doctest::skip()) {
  for (const char* design : {"no-lock", "textbook", "per-module", "global-lock", "cpython-3.8", "cpython-3.11", "cpython-3.12", "cpython-3.13"}) {
    CAPTURE(std::string(design));
    const testing::Compared compared = testing::compare_ways({.first_seed = 600'000, .programs = 100, .design = design, .max_states = 2000, .program = {}});
    if (!compared.is_missing) CHECK(compared.are_more_than(40));
  }
}

}  // namespace lockweave
