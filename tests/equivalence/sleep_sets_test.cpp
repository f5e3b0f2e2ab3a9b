// Sleep sets leave out transitions and nothing else: on random programs every state, end and deadlock is reached with them and without,
// at the same depth, and what steps break is met.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <vector>

#include "tests/support/count_caught.h"
#include "tests/support/equivalence.h"
#include "tests/support/mistaken_system.h"

namespace lockweave {
namespace {

using explore::Reduction;
using testing::Findings;

// `properties`: what is judged besides; their counterexamples are looked for in other ways, which teaches the machine.
testing::Way ends(bool sleep_sets, std::size_t jobs = 1, explore::PropertySet properties = {}) {
  return {.name = sleep_sets ? "sleep sets" : "no sleep sets", .machine = {}, .set = [=](CheckOptions& options) {
            options.strategy = explore::Strategy::Exhaustive;
            options.explore.properties = properties;
            options.explore.jobs = jobs;
            options.explore.reductions.remove(Reduction::Symmetry);  // what states there are is compared
            options.explore.reductions.remove(Reduction::PersistentSets);
            if (!sleep_sets) options.explore.reductions.remove(Reduction::SleepSets);
          }};
}

struct Sums {
  int compared = 0;
  int with_failures = 0;
  std::uint64_t states = 0, transitions = 0, transitions_with = 0;
};

std::string counts_of(const explore::Stats& stats) {
  return fmt::format("{} states, {} ends, {} of them deadlocked, depth {}", stats.states, stats.executions, stats.deadlocked, stats.max_depth);
}

void compare(const char* design_name, std::uint64_t first_seed, int programs, std::uint64_t max_states, Sums& sums, bool imports = false) {
  const auto design = design::DesignCatalog().load(design_name);
  REQUIRE(design.has_value());
  for (int i = 0; i < programs; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    const std::string text = testing::random_program(seed, {.imports = imports});
    testing::Machines machines(text, *design);
    const Findings without = testing::explore(machines, ends(false), max_states);
    if (!without.error.empty() || !without.complete) continue;
    const Findings with = testing::explore(machines, ends(true), max_states);
    const Findings on_two_cores = testing::explore(machines, ends(true, 2), max_states);
    CAPTURE(seed);
    CAPTURE(text);
    CHECK(with.mistake == "");
    CHECK(with.complete);
    CHECK(with.outcomes == without.outcomes);
    CHECK(counts_of(with.stats) == counts_of(without.stats));
    CHECK(counts_of(on_two_cores.stats) == counts_of(with.stats));
    CHECK(on_two_cores.stats.transitions == with.stats.transitions);
    explore::PropertySet judged = explore::PropertySet::defaults();
    judged.remove(PropertyWord::Livelock);  // asked of all orders where states come back
    const Findings broken_with = testing::explore(machines, ends(true, 1, judged), 2 * max_states);
    CHECK(broken_with.broken == testing::explore(machines, ends(false, 1, judged), 2 * max_states).broken);
    sums.with_failures += broken_with.broken.empty() ? 0 : 1;
    ++sums.compared;
    sums.states += without.stats.states;
    sums.transitions += without.stats.transitions;
    sums.transitions_with += with.stats.transitions;
  }
}

}  // namespace

TEST_CASE("with sleep sets every state is reached, by fewer transitions") {
  Sums sums;
  compare("no-lock", 1, 150, 3000, sums);
  compare("textbook", 1000, 30, 3000, sums);
  MESSAGE(fmt::format("{} programs, {} states, {} transitions, with sleep sets {}", sums.compared, sums.states, sums.transitions, sums.transitions_with));
  CHECK(sums.compared > 100);
  CHECK(sums.with_failures > 20);
  CHECK(sums.transitions_with * 10 < sums.transitions * 9);
}

TEST_CASE("with sleep sets every state of a program with imports is reached") {
  Sums sums;
  compare("no-lock", 1, 80, 3000, sums, true);
  compare("textbook", 1000, 40, 3000, sums, true);
  MESSAGE(fmt::format("{} programs, {} states, {} transitions, with sleep sets {}", sums.compared, sums.states, sums.transitions, sums.transitions_with));
  CHECK(sums.compared > 60);
  CHECK(sums.with_failures > 20);
}

TEST_CASE("nightly: with sleep sets every state is reached" * doctest::skip()) {
  Sums sums;
  compare("no-lock", 1'000'000, 800, 5'000, sums);
  compare("no-lock", 1'000'000, 800, 5'000, sums, true);
  compare("textbook", 2'000'000, 400, 5'000, sums, true);
  CHECK(sums.compared > 1'100);
}

// Not all of them lose something here: a thread that has begun to wait and one that has not come yet are told apart by states, not by what they do.
TEST_CASE("with sleep sets a dependence that is forgotten is noticed") {
  std::vector<testing::Way> all;
  for (const testing::Mistake& mistake : testing::mistakes_of_dependence()) {
    all.push_back(ends(true));
    all.back().name = mistake.name;
    all.back().wrap = [&mistake](System& system) { return testing::mistaken(system, mistake); };
  }
  const auto differences =
      testing::first_differences({.first_seed = 1, .programs = 400, .design = "no-lock", .max_states = 600, .program = {.imports = false, .weak_references = false}}, all);
  CHECK(testing::count_caught(all, differences) >= 7);
}

}  // namespace lockweave
