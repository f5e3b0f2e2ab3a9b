// States are encoded from what changed since they were restored; a walk over everything must say the same.
#include <doctest/doctest.h>

#include <filesystem>

#include "checker/check.h"
#include "model/machine.h"

namespace lockweave {
namespace {

const std::string folder = LOCKWEAVE_SOURCE_DIR "/specs/scenarios/";

CheckResult explore(const std::string& scenario_path, const std::string& design_name, bool verify_states, std::uint64_t max_states = 0) {
  const auto scenario = scenario::load_scenario(folder + scenario_path);
  const auto design = design::DesignCatalog().load(design_name);
  REQUIRE(scenario);
  REQUIRE(design);
  auto machine = Machine::load(*scenario, *design, {.verify_states = verify_states});
  REQUIRE(machine);
  CheckOptions options;
  options.strategy = explore::Strategy::Exhaustive;
  options.explore.keep_going = true;
  if (max_states > 0) options.explore.budget.max_states = max_states;
  return check(**machine, options);
}

// CPython's own finder, for one, runs on CPython's designs only.
bool is_meant_for(const std::string& scenario_path, const std::string& design_name) {
  const auto scenario = scenario::load_scenario(folder + scenario_path);
  REQUIRE(scenario);
  return scenario->is_meant_for(design_name);
}

// Every scenario on every design here, each up to a number of states.
void verify_all() {
  design::DesignCatalog designs;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".txtar") continue;
    const std::string scenario = entry.path().string().substr(folder.size());
    for (const char* design : {"no-lock", "global-lock", "per-module", "textbook", "cpython-3.6", "cpython-3.8", "cpython-3.10", "cpython-3.12", "cpython-3.13", "gil-lazy-first-fix", "gil-eager-full", "nogil-unsafe"}) {
      if (!designs.load(design) || !is_meant_for(scenario, design)) continue;
      CAPTURE(scenario);
      CAPTURE(std::string(design));
      CHECK(explore(scenario, design, true, 800).stats.states > 0);
    }
  }
}

void compare(const std::string& scenario, const std::string& design) {
  CAPTURE(scenario);
  CAPTURE(design);
  const CheckResult plain = explore(scenario, design, false);
  const CheckResult verified = explore(scenario, design, true);
  CHECK(plain.stats.states == verified.stats.states);
  CHECK(plain.stats.transitions == verified.stats.transitions);
  CHECK(plain.outcomes.size() == verified.outcomes.size());
}

}  // namespace

TEST_CASE("a state encoded from what changed, and a step remembered, are what a whole walk and the step itself give") {
  for (const char* design : {"no-lock", "global-lock", "per-module", "textbook"}) {
    for (const char* scenario : {"circular_import.txtar", "failure/waiter_gets_dead_module.txtar", "properties/lock_leak_fails.txtar", "properties/parent_unbound_fails.txtar",
                                 "properties/deadlock_fails.txtar", "threads/started_at_import.txtar", "application/plugin_registry_racy.txtar"})
      compare(scenario, design);
  }
}

// Where there is no GIL yet, one thread has the other's thread state: neither's steps are its own affair.
TEST_CASE("a step of a thread that leads to another's objects is remembered with both of them") {
  for (const char* design : {"gil-lazy", "gil-lazy-first-fix", "gil-1992", "gil-eager-full"}) {
    for (const char* scenario : {"gil/two_foreign_threads.txtar", "gil/foreign_thread.txtar", "gil/order_inside.txtar"}) compare(scenario, design);
  }
  compare("free_threading/two_calls.txtar", "free-threaded");
}

TEST_CASE("nightly: the same for every scenario" * doctest::skip()) { verify_all(); }

}  // namespace lockweave
