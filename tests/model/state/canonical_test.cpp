// States are encoded from what changed since they were restored; a walk over everything must say the same.
#include <doctest/doctest.h>

#include "checker/check.h"
#include "model/machine.h"

namespace lockweave {
namespace {

CheckResult explore(const std::string& scenario_path, const std::string& design_name, bool verify_states) {
  const auto scenario = scenario::load_scenario(LOCKWEAVE_SOURCE_DIR "/specs/scenarios/" + scenario_path);
  const auto design = design::DesignCatalog().load(design_name);
  REQUIRE(scenario);
  REQUIRE(design);
  auto machine = Machine::load(*scenario, *design, {.verify_states = verify_states});
  REQUIRE(machine);
  CheckOptions options;
  options.strategy = explore::Strategy::Exhaustive;
  options.explore.keep_going = true;
  return check(**machine, options);
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

TEST_CASE("a state encoded from what changed is the state that a whole walk finds") {
  compare("circular_import.txtar", "no-lock");
  compare("circular_import.txtar", "global-lock");
  compare("circular_import.txtar", "per-module");
  compare("circular_import.txtar", "textbook");
  compare("failure/waiter_and_retry.txtar", "textbook");
  compare("properties/lock_leak_fails.txtar", "per-module");
}

}  // namespace lockweave
