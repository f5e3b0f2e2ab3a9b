// On toy programs whose states can be counted: where one thread is enough, where it is not, and that nothing is put off for ever.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "checker/check.h"
#include "tests/support/toy_program.h"

namespace lockweave {
namespace {

using explore::Reduction;
using testing::Op;
using testing::Program;
using testing::ToyProgram;

CheckOptions with_persistent_sets(bool on, bool sleep_sets = false) {
  CheckOptions options;
  options.strategy = explore::Strategy::Exhaustive;
  options.explore.want_outcomes = true;
  if (!on) options.explore.reductions.remove(Reduction::PersistentSets);
  if (!sleep_sets) options.explore.reductions.remove(Reduction::SleepSets);
  return options;
}

CheckResult explored(ToyProgram system, const CheckOptions& options) { return check(system, options); }

std::set<std::string> last_values(const CheckResult& result) {
  std::set<std::string> values;
  for (const CheckedOutcome& reached : result.outcomes) values.insert(reached.outcome.modules.back().second);
  return values;
}

}  // namespace

TEST_SUITE("checker/explore") {
  TEST_CASE("threads that touch nothing of each other's run one after the other") {
    // n threads of k steps: n*k + 1 states on one way, (k + 1)^n on all.
    const CheckResult result = explored(testing::counters(4, 5, 0), with_persistent_sets(true));
    CHECK(result.complete);
    CHECK(result.stats.states == 4 * 5 + 1);
    CHECK(result.stats.transitions == 4 * 5);
    CHECK(explored(testing::counters(4, 5, 0), with_persistent_sets(false)).stats.states == 6 * 6 * 6 * 6);
  }

  TEST_CASE("one step that meets another's is met in both orders, however late it comes") {
    // Each thread has steps of its own, then stores its number where the other does.
    const auto thread = [](std::uint32_t own, std::uint32_t value) {
      return std::vector<testing::Operation>{{Op::Set, own, 1}, {Op::Set, own, 2}, {Op::Set, own, 3}, {Op::Set, 2, value}};
    };
    for (const bool sleep_sets : {false, true}) {
      const CheckResult result = explored(ToyProgram({thread(0, 7), thread(1, 8)}, 0, 3), with_persistent_sets(true, sleep_sets));
      CHECK(result.complete);
      CHECK(last_values(result) == std::set<std::string>{"7", "8"});
      CHECK(result.stats.executions == 2);
      CHECK(result.stats.states < 5 * 5 + 1);
    }
  }

  TEST_CASE("a thread that goes round for ever does not put off the others for ever") {
    // Thread 0 never ends and touches nothing that thread 1 touches.
    const Program program{{{Op::Set, 0, 1}, {Op::Set, 0, 2}, {Op::Jump, 0}}, {{Op::Set, 1, 1}, {Op::Emit, 3, 0, EventKind::InvariantBroken}}};
    CheckOptions options = with_persistent_sets(true);
    options.explore.properties.remove(PropertyWord::Livelock);
    const CheckResult result = explored(ToyProgram(program, 0, 2), options);
    REQUIRE(result.violations.size() == 1);
    CHECK(result.violations[0].property == PropertyWord::Invariant);
    // Whether it goes round for ever is judged among all executions.
    options.explore.properties = property::PropertySet{PropertyWord::Livelock};
    const CheckResult judged = explored(ToyProgram(program, 0, 2), options);
    REQUIRE(judged.violations.size() == 1);
    CHECK(judged.violations[0].property == PropertyWord::Livelock);
    CHECK(std::ranges::find(judged.notes, "persistent sets were left out: the program can come back to where it was") != judged.notes.end());
  }

  TEST_CASE("a wait that another thread's release ends is seen before that") {
    // T0 and T1 take two locks in two orders and each give both back; T2 gives back what T1 has taken, so that the cycle of waits does not last.
    const Program program{{{Op::Lock, 0}, {Op::Lock, 1}, {Op::Unlock, 1}, {Op::Unlock, 0}}, {{Op::Lock, 1}, {Op::Lock, 0}, {Op::Unlock, 0}}, {{Op::Unlock, 1}}};
    for (const bool sleep_sets : {false, true}) {
      const CheckResult expected = explored(ToyProgram(program, 2, 0), with_persistent_sets(false));
      const CheckResult result = explored(ToyProgram(program, 2, 0), with_persistent_sets(true, sleep_sets));
      CHECK(result.verdict == Verdict::Fail);
      CHECK(result.violations[0].schedule == expected.violations[0].schedule);
      CHECK(result.stats.executions == expected.stats.executions);
    }
  }

  TEST_CASE("where one thread is seldom enough, persistent sets are given up") {
    // Everybody stores in one variable, again and again.
    Program program(3);
    for (std::uint32_t thread = 0; thread < 3; ++thread) {
      for (std::uint32_t i = 0; i < 9; ++i) program[thread].push_back({Op::Store, 0, thread * 10 + i});
    }
    const CheckResult expected = explored(ToyProgram(program, 0, 1), with_persistent_sets(false));
    const CheckResult result = explored(ToyProgram(program, 0, 1), with_persistent_sets(true));
    CHECK(result.stats.states == expected.stats.states);
    CHECK(result.stats.executions == expected.stats.executions);
  }
}

}  // namespace lockweave
