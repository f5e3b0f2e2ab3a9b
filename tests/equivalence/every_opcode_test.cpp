// Every way to explore a random program finds the same, where threads may switch at every opcode.
#include <doctest/doctest.h>

#include "tests/support/equivalence.h"

namespace lockweave {

TEST_CASE("nightly, small: every way finds the same where threads switch at every opcode" * doctest::skip()) {
  const testing::Compared compared =
      testing::compare_ways({.first_seed = 30'000, .programs = 450, .design = "no-lock", .every_opcode = true, .max_states = 1500, .program = {.weak_references = false, .shared_everywhere = true}});
  CHECK(compared.compared > 150);
}

TEST_CASE("nightly: every way finds the same where threads switch at every opcode" * doctest::skip()) {
  CHECK(testing::compare_ways({.first_seed = 400'000,
                               .programs = 15'000,
                               .design = "no-lock",
                               .every_opcode = true,
                               .max_states = 20'000,
                               .program = {.weak_references = false, .shared_everywhere = true}})
            .compared > 5'000);
}

}  // namespace lockweave
