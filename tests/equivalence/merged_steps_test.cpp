// Merging runs of invisible instructions into one step loses no outcome, and neither does remembering steps: on random programs, exploring with a step from
// each switch point to the next finds the same ends and the same verdicts.
#include <doctest/doctest.h>

#include <set>

#include "checker/check.h"
#include "model/machine.h"
#include "tests/support/random_program.h"
#include "tests/support/temporary_folder.h"

namespace lockweave {
namespace {

struct Findings {
  bool complete = false;
  std::set<std::string> ends;
  std::set<PropertyWord> broken;
  std::uint64_t states = 0;
  bool operator==(const Findings& other) const { return ends == other.ends && broken == other.broken; }
};

std::string text_of(const Outcome& outcome) {
  std::string text;
  for (const ThreadEnd& thread : outcome.threads) text += thread.name + ": " + thread.end + "\n" + thread.output;
  for (const auto& [name, how] : outcome.modules) text += name + " " + how + "\n";
  return text;
}

std::optional<Findings> explore(const std::string& text, const design::Design& design, MachineOptions options, std::uint64_t max_states) {
  const testing::TemporaryFolder folder;
  const auto scenario = scenario::load_scenario(folder.write("random.txtar", text));
  REQUIRE(scenario);
  auto machine = Machine::load(*scenario, design, options);
  REQUIRE(machine);
  CheckOptions how;
  how.strategy = explore::Strategy::Exhaustive;
  how.explore.keep_going = true;
  how.explore.budget.max_states = max_states;
  how.explore.want_outcomes = true;
  const CheckResult result = check(**machine, how);
  if (!result.complete) return std::nullopt;
  Findings found{.complete = true, .ends = {}, .broken = {}, .states = result.stats.states};
  for (const CheckedOutcome& reached : result.outcomes) found.ends.insert(text_of(reached.outcome));
  for (const CheckedViolation& violation : result.violations) found.broken.insert(violation.property);
  return found;
}

// How many programs were small enough to be compared.
int compare(std::uint64_t first_seed, int programs, const char* design_name, std::uint64_t max_states) {
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return programs;  // that interpreter is not here
  int compared = 0;
  for (int i = 0; i < programs; ++i) {
    const std::string text = testing::random_program(first_seed + static_cast<std::uint64_t>(i));
    CAPTURE(text);
    CAPTURE(std::string(design_name));
    const auto everywhere = explore(text, *design, {.stop_everywhere = true}, max_states);
    if (!everywhere) continue;
    const auto merged = explore(text, *design, {.verify_states = true}, max_states);
    REQUIRE(merged);
    CHECK(merged->ends == everywhere->ends);
    CHECK(merged->broken == everywhere->broken);
    CHECK(merged->states <= everywhere->states);
    ++compared;
  }
  return compared;
}

}  // namespace

TEST_CASE("merged steps reach what single ones reach") {
  for (const char* design : {"textbook", "no-lock", "cpython-3.8", "cpython-3.12"}) CHECK(compare(1, 30, design, 60'000) > 10);
}

TEST_CASE("nightly: merged steps reach what single ones reach" * doctest::skip()) {
  for (const char* design : {"textbook", "no-lock", "global-lock", "per-module", "cpython-3.6", "cpython-3.8", "cpython-3.9", "cpython-3.10", "cpython-3.11", "cpython-3.12", "cpython-3.13"})
    CHECK(compare(1000, 500, design, 300'000) > 100);
}

}  // namespace lockweave
