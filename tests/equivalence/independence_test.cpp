// Reductions that leave out orders rest on footprints: two steps that do not depend on each other by theirs do the same in either order and lead to
// the same state.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "model/machine.h"
#include "tests/support/independence.h"
#include "tests/support/mistaken_system.h"
#include "tests/support/random_program.h"
#include "tests/support/scenario_files.h"
#include "tests/support/ways.h"

namespace lockweave {
namespace {

using testing::Independence;
using testing::IndependenceOptions;

struct Tried {
  std::uint64_t pairs = 0;
  int mistaken = 0;
};

void tell(const Independence& found, const std::string& where, Tried& tried) {
  tried.pairs += found.pairs;
  if (found.mistakes.empty()) return;
  ++tried.mistaken;
  FAIL_CHECK(fmt::format("{}: {}", where, found.mistakes.front()));
}

Tried try_scenarios(const char* design_name, IndependenceOptions options, std::size_t one_in) {
  Tried tried;
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return tried;  // that interpreter is not here
  const auto paths = testing::scenario_files();
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if ((i + options.seed) % one_in != 0) continue;
    const auto scenario = scenario::load_scenario(paths[i]);
    if (!scenario) continue;
    options.timeouts_last = scenario->bounds.timeouts == scenario::TimeoutRule::Last;
    auto machine = Machine::load(*scenario, *design, {.timeouts_last = options.timeouts_last});
    if (!machine) continue;
    const Independence found = testing::try_independence(**machine, options);
    if (!(*machine)->needs_every_state().empty()) continue;  // no two of its steps are taken for independent
    tell(found, fmt::format("{} on {}", paths[i].filename().string(), design_name), tried);
  }
  return tried;
}

Independence try_program(const testing::ProgramTree& program, const design::Design& design, IndependenceOptions options) {
  testing::Machines machines(program.text(), design);
  options.timeouts_last = machines.timeouts_last();
  Machine* machine = machines.get({.timeouts_last = options.timeouts_last});
  return machine == nullptr ? Independence{} : testing::try_independence(*machine, options);
}

Tried try_programs(const char* design_name, IndependenceOptions options, std::uint64_t first_seed, int programs, const testing::RandomProgramOptions& kind) {
  constexpr int kMostTold = 3;
  Tried tried;
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return tried;
  for (int i = 0; i < programs && tried.mistaken < kMostTold; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    const testing::ProgramTree program = testing::random_program_tree(seed, kind);
    Independence found = try_program(program, *design, options);
    std::string text;
    if (!found.mistakes.empty()) {
      const auto small = testing::shrink(program, [&](const testing::ProgramTree& candidate) { return !try_program(candidate, *design, options).mistakes.empty(); }, 200);
      text = small.text();
      if (Independence again = try_program(small, *design, options); !again.mistakes.empty()) found.mistakes = again.mistakes;
    }
    tell(found, fmt::format("program {} on {}, made small:\n{}\n", seed, design_name, text), tried);
  }
  return tried;
}

}  // namespace

TEST_CASE("steps that do not depend on each other by their footprints commute, on the scenarios") {
  CHECK(try_scenarios("no-lock", {.walks = 2}, 1).pairs > 1000);
  CHECK(try_scenarios("textbook", {.walks = 1}, 2).pairs > 500);
  for (const char* design : {"per-module", "cpython-3.8", "cpython-3.12"}) (void)try_scenarios(design, {.seed = 2, .walks = 1, .pairs = 400}, 3);
}

TEST_CASE("steps that do not depend on each other by their footprints commute, on random programs") {
  CHECK(try_programs("no-lock", {.walks = 2}, 1, 50, {.weak_references = false}).pairs > 500);
  CHECK(try_programs("textbook", {.walks = 2}, 100, 50, {.weak_references = false}).pairs > 500);
  CHECK(try_programs("textbook", {.walks = 1}, 200, 20, {.threads = 4, .imports = false, .weak_references = false}).pairs > 100);
  (void)try_programs("cpython-3.12", {.walks = 1, .pairs = 500}, 1, 30, {.weak_references = false});
}

TEST_CASE("footprints that leave something out are noticed") {
  const auto design = design::DesignCatalog().load("no-lock");
  REQUIRE(design);
  for (const testing::Mistake& mistake : testing::mistakes_of_dependence()) {
    INFO(mistake.name);
    bool is_noticed = false;
    for (std::uint64_t seed = 1; seed <= 300 && !is_noticed; ++seed) {
      testing::Machines machines(testing::random_program(seed, {.weak_references = false}), *design);
      Machine* machine = machines.get({});
      if (machine == nullptr) continue;
      const auto system = testing::mistaken(*machine, mistake);
      is_noticed = !testing::try_independence(*system, {.walks = 2}).mistakes.empty();
    }
    CHECK(is_noticed);
  }
}

TEST_CASE("nightly: steps that do not depend on each other by their footprints commute" * doctest::skip()) {
  for (const char* design : {"no-lock", "textbook", "per-module", "global-lock", "cpython-3.8", "cpython-3.11", "cpython-3.12", "cpython-3.13"}) {
    (void)try_scenarios(design, {.seed = 7, .walks = 3, .pairs = 2'000}, 1);
    (void)try_programs(design, {.seed = 3, .walks = 4}, 10'000, 60, {.weak_references = false});
    (void)try_programs(design, {.seed = 3, .walks = 4}, 15'000, 60, {});
    (void)try_programs(design, {.seed = 3, .walks = 4}, 20'000, 40, {.threads = 4});
  }
}

}  // namespace lockweave
