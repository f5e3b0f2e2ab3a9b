// The suite notices what it is there to notice: each of these reductions, broken on purpose, loses an outcome or a verdict of some random program.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/equivalence.h"
#include "tests/support/mistaken_system.h"

namespace lockweave {
namespace {

using explore::Strategy;
using testing::Mistake;

void is_caught(const Mistake& mistake, Strategy strategy) {
  const testing::Way way{.name = mistake.name,
                         .claim = testing::Claim::IfComplete,
                         .machine = {},
                         .set = [strategy](CheckOptions& options) { options.strategy = strategy; },
                         .wrap = [&mistake](System& system) { return testing::mistaken(system, mistake); },
                         .more_states = 4};
  const auto caught = testing::first_difference({.first_seed = 1, .programs = 400, .design = "no-lock", .max_states = 600, .program = {.weak_references = false}}, way);
  INFO(mistake.name);
  REQUIRE(caught.has_value());
  MESSAGE(fmt::format("{}: program {}: {}", mistake.name, caught->seed, caught->difference.substr(0, caught->difference.find('\n'))));
}

}  // namespace

TEST_CASE("a dependence that is forgotten is noticed") {
  for (const Mistake& mistake : testing::mistakes_of_dependence()) is_caught(mistake, Strategy::Dpor);
}

TEST_CASE("nightly: states or steps that are taken for one, or left out, are noticed" * doctest::skip()) {
  for (const Mistake& mistake : testing::mistakes_of_states()) is_caught(mistake, Strategy::Exhaustive);
}

}  // namespace lockweave
