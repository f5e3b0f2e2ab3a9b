// The suite notices what it is there to notice: each of these reductions, broken on purpose, loses an outcome or a verdict of some random program.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <vector>

#include "tests/support/equivalence.h"
#include "tests/support/mistaken_system.h"

namespace lockweave {
namespace {

using explore::Strategy;
using testing::Mistake;

void all_are_caught(std::span<const Mistake> mistakes, Strategy strategy) {
  std::vector<testing::Way> ways;
  for (const Mistake& mistake : mistakes) {
    ways.push_back({.name = mistake.name,
                    .claim = testing::Claim::IfComplete,
                    .machine = {},
                    .set = [strategy, &mistake](CheckOptions& options) {
                      options.strategy = strategy;
                      options.explore.jobs = mistake.in_forks_only ? 2 : 1;
                      options.explore.budget.max_seconds = 2;
                    },
                    .wrap = [&mistake](System& system) { return testing::mistaken(system, mistake); },
                    .more_states = 4});
  }
  const auto caught = testing::first_differences({.first_seed = 1, .programs = 1000, .design = "no-lock", .max_states = 600, .program = {.weak_references = false, .small = true}}, ways);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    INFO(ways[i].name);
    CHECK(caught[i].has_value());
    if (caught[i]) MESSAGE(fmt::format("program {}: {}", caught[i]->seed, caught[i]->difference.substr(0, caught[i]->difference.find('\n'))));
  }
}

}  // namespace

TEST_CASE("a dependence that is forgotten is noticed") { all_are_caught(testing::mistakes_of_dependence(), Strategy::Dpor); }

TEST_CASE("states or steps that are taken for one, or left out, are noticed") { all_are_caught(testing::mistakes_of_states(), Strategy::Exhaustive); }

}  // namespace lockweave
