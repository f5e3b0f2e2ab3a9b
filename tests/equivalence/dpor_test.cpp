// Optimal DPOR finds the ends, the deadlocks and the broken properties that the exhaustive search finds, on random programs.
#include <doctest/doctest.h>

#include <set>

#include "checker/check.h"
#include "model/machine.h"
#include "tests/support/random_program.h"
#include "tests/support/temporary_folder.h"

namespace lockweave {
namespace {

using explore::Strategy;

struct Findings {
  std::set<std::string> ends;
  std::set<PropertyWord> broken;
  std::vector<PropertyWord> unchecked;
  explore::Stats stats;
  bool complete = false;
};

std::string text_of(const Outcome& outcome) {
  std::string text;
  for (const ThreadEnd& thread : outcome.threads) text += thread.name + ": " + thread.end + "\n" + thread.output;
  for (const auto& [name, how] : outcome.modules) text += name + " " + how + "\n";
  return text;
}

Findings explore(const std::string& text, const design::Design& design, Strategy strategy, std::uint64_t max_states) {
  const testing::TemporaryFolder folder;
  const auto scenario = scenario::load_scenario(folder.write("random.txtar", text));
  REQUIRE(scenario);
  auto machine = Machine::load(*scenario, design, {});
  REQUIRE(machine);
  CheckOptions how;
  how.strategy = strategy;
  how.explore.keep_going = true;
  how.explore.budget.max_states = max_states;
  how.explore.want_outcomes = true;
  const CheckResult result = check(**machine, how);
  Findings found{.ends = {}, .broken = {}, .unchecked = result.unchecked, .stats = result.stats, .complete = result.complete};
  for (const CheckedOutcome& reached : result.outcomes) found.ends.insert(text_of(reached.outcome));
  for (const CheckedViolation& violation : result.violations) found.broken.insert(violation.property);
  return found;
}

// How many programs were small enough to be compared.
int compare(std::uint64_t first_seed, int programs, const design::Design& design, bool imports, std::uint64_t max_states) {
  int compared = 0;
  for (int i = 0; i < programs; ++i) {
    const std::string text = testing::random_program(first_seed + static_cast<std::uint64_t>(i), {.threads = 2 + i % 2, .statements = i % 2 == 0 ? 3 : 2, .imports = imports});
    CAPTURE(text);
    CAPTURE(first_seed + static_cast<std::uint64_t>(i));
    const Findings all = explore(text, design, Strategy::Exhaustive, max_states);
    if (!all.complete) continue;
    const Findings dpor = explore(text, design, Strategy::Dpor, 4 * max_states);
    if (!dpor.complete) continue;
    CHECK(dpor.ends == all.ends);
    CHECK(dpor.stats.sleep_blocked == 0);
    std::set<PropertyWord> judged = all.broken;
    for (const PropertyWord word : dpor.unchecked) {
      if (!dpor.broken.contains(word)) judged.erase(word);
    }
    CHECK(dpor.broken == judged);
    ++compared;
  }
  return compared;
}

design::Design every_opcode() {
  auto design = design::DesignCatalog().load("textbook");
  REQUIRE(design);
  design->switch_points = design::SwitchPoints::EveryOpcode;
  return *design;
}

}  // namespace

TEST_CASE("dpor finds what the exhaustive search finds") {
  for (const char* name : {"textbook", "cpython-3.8", "cpython-3.12"}) {
    const auto design = design::DesignCatalog().load(name);
    if (!design) continue;  // that interpreter is not here
    CAPTURE(std::string(name));
    CHECK(compare(1, 25, *design, false, 30'000) > 15);
  }
  CHECK(compare(1, 40, every_opcode(), false, 30'000) > 15);
  CHECK(compare(1, 20, every_opcode(), true, 30'000) > 2);
}

TEST_CASE("nightly: dpor finds what the exhaustive search finds" * doctest::skip()) {
  for (const char* name : {"textbook", "no-lock", "global-lock", "per-module", "cpython-3.6", "cpython-3.8", "cpython-3.10", "cpython-3.12", "cpython-3.13"}) {
    const auto design = design::DesignCatalog().load(name);
    if (design) CHECK(compare(1000, 300, *design, true, 200'000) > 50);
  }
  CHECK(compare(1000, 2000, every_opcode(), false, 200'000) > 500);
}

}  // namespace lockweave
