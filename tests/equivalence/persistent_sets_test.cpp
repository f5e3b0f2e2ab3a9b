// Persistent sets leave out states, and nothing that is judged: on random programs outcomes, deadlocks and what is broken are the same with them and
// without, also beside sleep sets and on two cores.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <limits>
#include <vector>

#include "tests/support/count_caught.h"
#include "tests/support/equivalence.h"
#include "tests/support/mistaken_system.h"

namespace lockweave {
namespace {

using explore::Reduction;
using explore::Reductions;
using testing::Findings;

constexpr Reductions with(std::initializer_list<Reduction> reductions) {
  Reductions set;
  set.add(Reduction::Movers);
  set.add(Reduction::RememberedSteps);
  for (const Reduction reduction : reductions) set.add(reduction);
  return set;
}

// They are never given up, however little they leave out.
testing::Way way(std::string_view name, Reductions reductions, std::size_t jobs = 1) {
  return {.name = name, .machine = {}, .set = [=](CheckOptions& options) {
            options.strategy = explore::Strategy::Exhaustive;
            options.explore.properties.remove(PropertyWord::Unserializable);
            options.explore.jobs = jobs;
            options.explore.reductions = reductions;
            options.explore.persistent_sets_trial.states = std::numeric_limits<std::uint64_t>::max();
          },
          .more_states = reductions.has(Reduction::PersistentSets) ? 4u : 1u};  // the machine knows more when its turn comes
}

struct Sums {
  int compared = 0;
  int with_failures = 0;
  std::uint64_t states = 0, states_alone = 0, states_beside = 0;
};

void compare(const char* design_name, std::uint64_t first_seed, int programs, std::uint64_t max_states, Sums& sums, testing::RandomProgramOptions options) {
  const auto design = design::DesignCatalog().load(design_name);
  REQUIRE(design.has_value());
  const testing::Way all_orders = way("all orders", with({}));
  const testing::Way alone = way("persistent sets", with({Reduction::PersistentSets}));
  const testing::Way beside = way("persistent sets and sleep sets", with({Reduction::PersistentSets, Reduction::SleepSets}));
  const testing::Way on_two_cores = way("on two cores", with({Reduction::PersistentSets, Reduction::SleepSets}), 2);
  for (int i = 0; i < programs; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    const std::string text = testing::random_program(seed, options);
    testing::Machines machines(text, *design);
    const Findings expected = testing::explore(machines, all_orders, max_states);
    if (!expected.error.empty() || !expected.complete) continue;
    ++sums.compared;
    sums.with_failures += expected.broken.empty() ? 0 : 1;
    sums.states += expected.stats.states;
    CAPTURE(seed);
    CAPTURE(text);
    std::uint64_t states = 0;
    for (const testing::Way* reduced : {&alone, &beside, &on_two_cores}) {
      const Findings found = testing::explore(machines, *reduced, max_states);
      INFO(reduced->name);
      CHECK(found.mistake == "");
      CHECK(found.complete);
      CHECK(found.outcomes == expected.outcomes);
      CHECK(found.stats.executions == expected.stats.executions);
      CHECK(found.stats.deadlocked == expected.stats.deadlocked);
      CHECK(found.broken == expected.broken);
      if (reduced == &alone) sums.states_alone += found.stats.states;
      if (reduced == &beside) sums.states_beside += found.stats.states;
      if (reduced == &on_two_cores) CHECK(found.stats.states == states);
      states = found.stats.states;
    }
  }
}

void tell(const Sums& sums) {
  MESSAGE(fmt::format("{} programs, {} of them with failures, {} states, with persistent sets {}, and with sleep sets {}", sums.compared, sums.with_failures, sums.states,
                      sums.states_alone, sums.states_beside));
}

}  // namespace

TEST_CASE("with persistent sets nothing is lost, though there are fewer states") {
  Sums sums;
  compare("no-lock", 1, 110, 2000, sums, {.imports = false});
  compare("textbook", 1000, 30, 2000, sums, {.imports = false});
  tell(sums);
  CHECK(sums.compared > 100);
  CHECK(sums.with_failures > 20);
  CHECK(sums.states_alone < sums.states);
  CHECK(sums.states_beside < sums.states);
}

TEST_CASE("with persistent sets nothing is lost of a program with imports") {
  Sums sums;
  compare("no-lock", 1, 40, 1500, sums, {});
  compare("textbook", 1000, 30, 1500, sums, {});
  tell(sums);
  CHECK(sums.compared > 35);
}

TEST_CASE("nightly: with persistent sets nothing is lost" * doctest::skip()) {
  Sums sums;
  compare("no-lock", 1'000'000, 800, 5'000, sums, {.imports = false});
  compare("textbook", 2'000'000, 400, 5'000, sums, {.imports = false});
  compare("no-lock", 1'000'000, 400, 5'000, sums, {});
  compare("textbook", 2'000'000, 200, 5'000, sums, {});
  tell(sums);
  CHECK(sums.compared > 1'000);
}

TEST_CASE("with persistent sets a dependence or a place that is forgotten is noticed") {
  std::vector<testing::Way> all;
  const auto add = [&](const testing::Mistake& mistake) {
    all.push_back(way(mistake.name, with({Reduction::PersistentSets})));
    all.back().wrap = [&mistake](System& system) { return testing::mistaken(system, mistake); };
  };
  for (const testing::Mistake& mistake : testing::mistakes_of_places()) add(mistake);
  for (const testing::Mistake& mistake : testing::mistakes_of_dependence()) add(mistake);
  const auto differences =
      testing::first_differences({.first_seed = 1, .programs = 400, .design = "no-lock", .max_states = 600, .program = {.imports = false, .weak_references = false}}, all);
  CHECK(differences.front().has_value());
  CHECK(testing::count_caught(all, differences) >= 7);
}

}  // namespace lockweave
